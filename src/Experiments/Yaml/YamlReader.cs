using NaturalThoughts.Contracts;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NaturalThoughts.Experiments.Yaml;

/// <summary>
/// Reads a YAML file as a tree in which every value knows its place. One document whose root is a map; anchors and aliases are
/// understood, tags and merge keys are refused.
/// </summary>
internal sealed class YamlReader
{
    private const int MostAliases = 32;
    private const int MostLevels = 12;
    private const string SyntaxHint = "Fix the syntax: indent with spaces, and put text that contains ': ' or ' #' in quotes.";

    private readonly string _shown;
    private readonly ErrorList _errors;
    private readonly IParser _parser;
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private int _aliases;

    private YamlReader(string shown, string text, ErrorList errors)
    {
        _shown = shown;
        _errors = errors;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The root map; null after an error that leaves nothing to go on with.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shown">Its name in messages.</param>
    /// <param name="errors">Where errors go.</param>
    public static YamlMap? Read(string path, string shown, ErrorList errors)
    {
        if (SourceText.Read(path, shown, errors, skipMark: true) is not { } text)
        {
            return null;
        }

        YamlReader reader = new(shown, text, errors);
        try
        {
            return reader.Document();
        }
        catch (UserErrorException)
        {
            return null; // already in the list
        }
        catch (YamlException e)
        {
            reader.SyntaxError(text, e.Start, "This is not YAML: " + Sentence(e.Message));
            return null;
        }
        catch (InvalidOperationException)
        {
            // The scanner's own, for a plain text that goes on in the next line of an unclosed list as a key.
            reader.SyntaxError(text, reader._parser.Current?.End ?? YamlDotNet.Core.Mark.Empty, "This is not YAML: a list or map in brackets is not closed.");
            return null;
        }
    }

    private void SyntaxError(string text, YamlDotNet.Core.Mark at, string message)
    {
        if (SourceText.TabIndent(_shown, text) is { } tab)
        {
            _errors.Add(tab, "A tab indents this line.", "Indent with spaces.");
        }
        else
        {
            _errors.Add(At(at), message, SyntaxHint);
        }
    }

    private YamlMap? Document()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            _errors.Add(new Mark(_shown, 1, 1), "The file is empty.", "Start with 'name:'.");
            return null;
        }

        YamlNode root = Node(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out DocumentStart? second))
        {
            _errors.Add(At(second.Start), "A second document starts here.", "Keep one document in a file: remove this '---' and what follows.");
            return null;
        }

        if (root is not YamlMap map)
        {
            _errors.Add(root.At, $"The file must be a map of keys, not {root.InWords}.", "Write 'key: value' lines, such as 'name: mini'.");
            return null;
        }

        return map;
    }

    private YamlNode Node(int level)
    {
        if (level > MostLevels)
        {
            throw Stop(At(_parser.Current!.Start), $"Values are nested more than {MostLevels} levels deep.", "Flatten them.");
        }

        if (_parser.TryConsume<AnchorAlias>(out AnchorAlias? alias))
        {
            return Alias(alias, level);
        }

        if (_parser.Current is NodeEvent { Tag.IsEmpty: false, Tag.IsNonSpecific: false } tagged)
        {
            throw Stop(At(tagged.Start), $"The tag '{Quoted.Of(tagged.Tag.ToString())}' is not supported.", "Remove it.");
        }

        AnchorName anchor = _parser.Current is NodeEvent named ? named.Anchor : AnchorName.Empty;
        YamlNode node = _parser.TryConsume<MappingStart>(out MappingStart? map) ? Map(map, level)
            : _parser.TryConsume<SequenceStart>(out SequenceStart? list) ? List(list, level)
            : Scalar(_parser.Consume<Scalar>());
        if (!anchor.IsEmpty)
        {
            _anchors[anchor.Value] = node;
        }

        return node;
    }

    private YamlNode Alias(AnchorAlias alias, int level)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out YamlNode? node))
        {
            throw Stop(
                At(alias.Start), $"The alias '*{alias.Value}' has no anchor '&{alias.Value}' before it.",
                _anchors.Count > 0 ? NearestName.Hint(alias.Value.Value, _anchors.Keys) : "Write the value out, or quote a text that starts with '*'.");
        }

        // Aliases of aliases grow exponentially; these limits keep the whole tree small.
        return ++_aliases <= MostAliases && level + node.Height <= MostLevels
            ? node
            : throw Stop(At(alias.Start), $"There are more than {MostAliases} aliases, or they nest too deep.", "Write the values out.");
    }

    private YamlMap Map(MappingStart start, int level)
    {
        List<(YamlScalar Key, YamlNode Value)> entries = [];
        Dictionary<string, YamlScalar> seen = new(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            YamlNode key = Node(level + 1);
            if (key is not YamlScalar { IsNull: false } name)
            {
                throw Stop(key.At, $"A key must be a text, not {key.InWords}.", "Write 'key: value'.");
            }

            YamlNode value = Node(level + 1);
            if (name is { Value: "<<", IsPlain: true })
            {
                _errors.Add(name.At, "Merge keys ('<<') are not supported.", "Write the keys out, or let a profile extend another with 'extends'.");
            }
            else if (!seen.TryAdd(name.Value, name))
            {
                _errors.Add(name.At, $"The key '{Quoted.Of(name.Value)}' appears twice; first in line {seen[name.Value].At.Line}.", "Remove one of them.");
            }
            else
            {
                entries.Add((name, value));
            }
        }

        return new YamlMap(entries, At(start.Start));
    }

    private YamlList List(SequenceStart start, int level)
    {
        List<YamlNode> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(level + 1));
        }

        return new YamlList(items, At(start.Start));
    }

    private YamlScalar Scalar(Scalar scalar) => new(scalar.Value, scalar.Style == ScalarStyle.Plain, At(scalar.Start));

    private UserErrorException Stop(Mark at, string message, string hint)
    {
        _errors.Add(at, message, hint);
        return new UserErrorException(message, at.ToString(), hint);
    }

    private Mark At(YamlDotNet.Core.Mark mark) => new(_shown, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private static string Sentence(string message) => message.Trim().TrimEnd('.') + ".";
}
