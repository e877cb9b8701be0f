using System.Reflection;
using System.Reflection.Emit;
using NaturalThoughts.Student.Torch;
using TorchSharp;

namespace NaturalThoughts.Student.Tests.Borrowing;

/// <summary>
/// Where a number becomes a <see cref="Scalar"/> that nothing keeps alive: by an implicit conversion, by <c>ToScalar</c> outside of the class that owns
/// Scalars, or inside of a member of TorchSharp, as its own IL says.
/// </summary>
internal static class ScalarCalls
{
    // Called with tensors and Scalars alone, it makes none: it converts numbers among its arguments, which are boxed before.
    private const string Scripted = "CompilationUnit.invoke";

    private static readonly HashSet<MethodBase> Makers = MakersOf(typeof(torch).Assembly);

    /// <summary>A line for each such call, with the method that it is in.</summary>
    /// <param name="methods">Of an assembly, or some.</param>
    /// <param name="owner">The class that may call <c>ToScalar</c>.</param>
    public static IEnumerable<string> Offenders(IEnumerable<MethodBase> methods, Type? owner = null)
    {
        foreach (MethodBase method in methods)
        {
            foreach (MethodBase call in CallsOf(method)
                .Where(call => IsConversion(call) ? method.DeclaringType != owner || call.Name == "op_Implicit" : Makers.Contains(call)))
            {
                if (!$"{call.DeclaringType!.Name}.{call.Name}".Equals(Scripted, StringComparison.Ordinal)
                    || Il.Read(method).Any(instruction => instruction.Code == OpCodes.Box))
                {
                    yield return $"{method.DeclaringType}.{method.Name} calls {call.DeclaringType}.{call}";
                }
            }
        }
    }

    // What makes a Scalar, and what calls one of these.
    private static HashSet<MethodBase> MakersOf(Assembly assembly)
    {
        MethodBase[] methods = [.. Il.Methods(assembly)];
        Dictionary<MethodBase, MethodBase[]> calls = methods.ToDictionary(method => method, CallsOf);
        HashSet<MethodBase> makers = [.. methods.Where(method => !IsConversion(method) && calls[method].Any(IsConversion))];
        int before;
        do
        {
            before = makers.Count;
            makers.UnionWith(methods.Where(method => !IsConversion(method) && calls[method].Any(makers.Contains)));
        }
        while (makers.Count > before);
        return makers;
    }

    private static MethodBase[] CallsOf(MethodBase method) =>
        [.. Il.Read(method).Select(instruction => instruction.Operand).OfType<MethodBase>().Select(Il.Declared).Distinct()];

    private static bool IsConversion(MethodBase method) =>
        (method.Name == "op_Implicit" && method.DeclaringType == typeof(Scalar))
            || (method.Name == "ToScalar" && method.DeclaringType == typeof(ScalarExtensionMethods));
}
