using NaturalThoughts.Checkpoints.Templates.Bounds;
using NaturalThoughts.Checkpoints.Templates.Tree;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Templates.Syntax;

/// <summary>Tokens to a tree, by the grammar of Jinja 3.1's parser: this file has what the parts share.</summary>
internal sealed partial class Parser
{
    // Each level takes about two kilobytes of stack.
    private const int MaxNesting = 100;

    private readonly string _origin;
    private readonly List<Token> _tokens;
    private int _next;
    private int _nesting;
    private int _loops;
    private bool _inFunction;
    private bool _readsCaller;
    private ScopeNames _names = new(null);

    public Parser(string source, string origin) => (_origin, _tokens) = (origin, Lexer.Read(source, origin));

    private Token Current => _tokens[_next];

    public Body ParseAll()
    {
        Statement[] statements = ParseStatements();
        return Current.Kind == TokenKind.End
            ? new Body(statements, _names)
            : throw Error($"The statement '{Current.Text}' closes nothing.");
    }

    private Token Take() => Current.Kind == TokenKind.End ? Current : _tokens[_next++];

    private bool Skip(string text)
    {
        bool found = Current.Is(text);
        _next += found ? 1 : 0;
        return found;
    }

    private bool SkipName(string name)
    {
        bool found = Current.IsName(name);
        _next += found ? 1 : 0;
        return found;
    }

    private void Expect(string text)
    {
        if (!Skip(text))
        {
            throw Unexpected($"'{text}'");
        }
    }

    private Token ExpectKind(TokenKind kind, string what) => Current.Kind == kind ? Take() : throw Unexpected(what);

    private UserErrorException Unexpected(string wanted) =>
        Error($"{(Current.Kind == TokenKind.End ? "The end of the template" : $"'{Current.Text}'")} stands where {wanted} is expected.");

    private UserErrorException Error(string message) => TemplateErrors.At(_origin, Current.Line, message);

    private UserErrorException Unsupported(string what) => TemplateErrors.Unsupported(_origin, Current.Line, what);

    /// <summary>Reads one level deeper, so far and no farther.</summary>
    private T Deeper<T>(Func<T> read)
    {
        if (++_nesting > MaxNesting)
        {
            throw Error($"More than {MaxNesting} levels stand inside one another.");
        }

        T result = read();
        _nesting--;
        return result;
    }

    /// <summary>Reads what has a scope of its own.</summary>
    private T Scoped<T>(ScopeNames names, Func<T> read)
    {
        ScopeNames outer = _names;
        _names = names;
        T result = read();
        _names = outer;
        return result;
    }
}
