using System.Text;
using NaturalThoughts.Checkpoints.Templates.Bounds;
using NaturalThoughts.Checkpoints.Templates.Syntax;
using NaturalThoughts.Checkpoints.Templates.Tree;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Checkpoints.Templates;

/// <summary>
/// A Jinja template as Transformers' <c>apply_chat_template</c> renders it: trim_blocks, lstrip_blocks, no HTML escaping, loop controls,
/// generation blocks, a sandbox. What is not supported is refused by name. Immutable and safe for concurrent use.
/// </summary>
/// <remarks>The language: Jinja 3.1, https://jinja.palletsprojects.com/en/stable/templates/.</remarks>
internal sealed class Template
{
    private readonly string _origin;
    private readonly Body _body;

    private Template(string origin, Body body) => (_origin, _body) = (origin, body);

    /// <summary>Reads a template.</summary>
    /// <param name="source">Its text.</param>
    /// <param name="origin">What it is called in messages, such as the file it is in.</param>
    /// <exception cref="UserErrorException">It is malformed or uses what is not supported.</exception>
    public static Template Parse(string source, string origin) => new(origin, new Parser(source, origin).ParseAll());

    /// <summary>The text that the template makes of a context.</summary>
    /// <param name="context">Names and values, of the kinds in <c>Templates.Values</c>.</param>
    /// <exception cref="UserErrorException">The template raises an error, meets what is not supported, or does not come to an end.</exception>
    public string Render(IReadOnlyDictionary<string, object?> context)
    {
        StringBuilder output = new();
        _body.Run(new Scope(new Rendering(_origin, context), null, _body.Names), output);
        return output.ToString();
    }
}
