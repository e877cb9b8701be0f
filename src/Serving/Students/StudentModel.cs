using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using NaturalThoughts.Checkpoints.Chat;
using NaturalThoughts.Checkpoints.Config;
using NaturalThoughts.Checkpoints.Tokenization;
using NaturalThoughts.Contracts;
using NaturalThoughts.Student.Model;

namespace NaturalThoughts.Serving.Students;

/// <summary>A student behind the endpoint: a checkpoint in Hugging Face layout.</summary>
public sealed class StudentModel : IServedModel, IServedEmbedder, IDisposable
{
    private const int Tail = 8; // tokens of a prompt that tell how it ends

    private readonly Tokenizer _tokenizer;
    private readonly ChatFormat? _chat;
    private readonly string _noChat;
    private readonly ModelConfig _config;
    private readonly HashSet<int> _ends;
    private readonly StudentEngine _engine;

    private StudentModel(string id, string folder, Tokenizer tokenizer, ChatFormat? chat, string noChat, string device, int threads)
    {
        (Id, _tokenizer, _chat, _noChat) = (id, tokenizer, chat, noChat);
        _config = ModelConfig.Read(folder);
        _ends = [.. _config.EosTokenIds, .. GenerationConfig.Find(folder)?.EosTokenIds ?? []];
        _engine = new StudentEngine(folder, tokenizer, device, threads, chat?.PadId ?? 0);
    }

    /// <inheritdoc />
    public string Id { get; }

    /// <summary>Why there are no chat completions; empty where there are.</summary>
    public string Warning => _noChat;

    /// <summary>Loads a checkpoint. One without a usable chat template serves completions of texts and embeddings alone.</summary>
    /// <param name="id">The name under which it is served.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="device"><c>cpu</c> (float32) or <c>cuda</c> (bfloat16).</param>
    /// <param name="threads">Threads of a computation.</param>
    /// <exception cref="UserErrorException">A file is missing, malformed or not supported, or libtorch cannot be loaded.</exception>
    public static async Task<StudentModel> LoadAsync(string id, string folder, string device = "cpu", int threads = 1)
    {
        Tokenizer tokenizer = Tokenizer.Load(folder);
        ChatFormat? chat = null;
        string noChat = "";
        try
        {
            chat = ChatFormat.Load(folder, tokenizer);
        }
        catch (UserErrorException error)
        {
            noChat = error.Message;
        }

        StudentModel model = new(id, folder, tokenizer, chat, noChat, device, threads);
        try
        {
            await model._engine.LoadedAsync().ConfigureAwait(false);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ReplyPiece> ReplyAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        int[] prompt = request.Prompt is { } text ? _tokenizer.EncodeWithSpecial(text) : ChatPrompt(request.Messages);
        bool isChat = request.Prompt is null;
        int room = Room(prompt, request.MaxTokens);
        GenerationRow row = new()
        {
            Prompt = prompt,
            MaxTokens = Math.Min(room, request.MaxTokens ?? room),
            Temperature = request.Temperature ?? 1,
            TopP = request.TopP ?? 1,
            TopLogprobs = request.TopLogprobs,
            Random = RandomOf(request),
            Ends = isChat ? new HashSet<int>(_ends) { _chat!.EndOfTurnId } : _ends,
            Cancellation = cancellation,
        };
        _engine.Generate(row);
        TextStream stream = isChat ? new(_tokenizer) : new(_tokenizer, prompt[Math.Max(0, prompt.Length - Tail)..]);
        ThinkSplitter? splitter = isChat ? new ThinkSplitter(EndsOpen(prompt)) : null;
        int tokens = 0;
        List<TokenLogprob> logprobs = [];
        await foreach (GeneratedToken token in row.Tokens(cancellation).ConfigureAwait(false))
        {
            tokens++;
            string piece = token.IsEnd ? "" : stream.Add(token.Id);
            if (token.Logprob is { } logprob && !token.IsEnd)
            {
                logprobs.Add(logprob);
            }

            piece += token.IsLast ? stream.End() : "";
            (string thinking, string answer) = splitter?.Add(piece, token.IsLast) ?? ("", piece);
            if (thinking.Length > 0)
            {
                yield return new ReplyPiece(thinking) { IsReasoning = true, Tokens = tokens, PromptTokens = prompt.Length };
                tokens = 0;
            }

            if (answer.Length > 0 || token.IsLast)
            {
                yield return new ReplyPiece(answer)
                {
                    Tokens = tokens,
                    PromptTokens = prompt.Length,
                    Logprobs = [.. logprobs],
                    FinishReason = !token.IsLast ? null : token.IsEnd ? "stop" : "length",
                };
                tokens = 0;
                logprobs.Clear();
            }
        }
    }

    /// <inheritdoc />
    public async Task<Embedded> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        int[][] ids = [.. texts.Select(text => _chat?.Prompt(text) ?? _tokenizer.EncodeWithSpecial(text))];
        foreach (int[] row in ids)
        {
            TokenLimits.Check(_config, "text", row);
        }

        return new Embedded(await _engine.EmbedAsync(ids).WaitAsync(cancellation).ConfigureAwait(false), ids.Sum(row => row.Length));
    }

    /// <inheritdoc />
    public void Dispose() => _engine.Dispose();

    private static SeededRandom RandomOf(ModelRequest request)
    {
        string sample = request.Sample.ToString(CultureInfo.InvariantCulture);
        return request.Seed is { } seed
            ? SeededRandom.From("serve", seed.ToString(CultureInfo.InvariantCulture), sample)
            : SeededRandom.From("serve", RandomNumberGenerator.GetHexString(32), sample);
    }

    private int[] ChatPrompt(IReadOnlyList<ModelMessage> messages) => _chat is { } chat
        ? chat.Prompt([.. messages.Select(message => (message.Role, message.Content))])
        : throw new RefusedRequestException($"This model has no chat template that can be used: {_noChat}", "messages");

    // How many tokens fit behind a prompt.
    private int Room(int[] prompt, int? wanted)
    {
        int room = _config.MaxPositionEmbeddings - prompt.Length;
        if (room >= (wanted ?? 1))
        {
            TokenLimits.Check(_config, "prompt", prompt);
            return room;
        }

        throw new RefusedRequestException(
            $"The prompt has {prompt.Length} tokens, which with {wanted ?? 1} new ones do not fit into the model's {_config.MaxPositionEmbeddings} positions.",
            "max_tokens",
            code: "context_length_exceeded");
    }

    private bool EndsOpen(int[] prompt) =>
        _tokenizer.Decode(prompt.AsSpan(Math.Max(0, prompt.Length - Tail)), skipSpecial: false).TrimEnd()
            .EndsWith(ThinkSplitter.Open, StringComparison.Ordinal);
}
