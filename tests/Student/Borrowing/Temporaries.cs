using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace NaturalThoughts.Student.Tests.Borrowing;

/// <summary>
/// Where a new <see cref="Tensor"/> may be collected while libtorch reads it. A Tensor has a finaliser that frees its native object, and a call hands over the
/// object's address alone: it is safe while something refers to it. A scope does that for every Tensor that its thread makes, until it is disposed, and so does
/// a <c>using</c>. The rule:
/// <para>A call that gives a new Tensor (a member of TorchSharp that is not in place, or a method of the library that returns what one gave) is fine where its
/// result goes straight into a <c>using</c>, a field, the constructor of what keeps it, or a <c>return</c> (then the caller's call is asked), or where a scope
/// is open: in this method, around the call, or around every call of this method. What nobody in the library calls, what runs on other threads, and the public
/// members of public types are asked to have their own.</para>
/// <para>Not seen: a Tensor that is moved out of the last scope and kept in a local alone, and an object whose fields hold Tensors and that nothing refers to
/// any more.</para>
/// </summary>
internal sealed class Temporaries
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;
    private static readonly string[] Same =
    [
        nameof(Tensor.MoveToOuterDisposeScope),
        nameof(Tensor.DetachFromDisposeScope),
        nameof(Tensor.MoveToOtherDisposeScope),
    ];
    private static readonly Assembly Torch = typeof(torch).Assembly;

    private readonly Dictionary<MethodBase, IReadOnlyList<Instruction>> _bodies;
    private readonly Dictionary<MethodBase, List<(MethodBase Caller, int Offset)>> _callers = [];
    private readonly Dictionary<MethodBase, (int Start, int End)[]> _scopes;
    private readonly HashSet<MethodBase> _makers = [];
    private readonly HashSet<MethodBase> _covered;

    /// <param name="methods">All of an assembly, or some that call nothing else of it.</param>
    public Temporaries(IEnumerable<MethodBase> methods)
    {
        _bodies = methods.ToDictionary(method => method, Il.Read);
        _scopes = _bodies.ToDictionary(item => item.Key, item => ScopesOf(item.Key, item.Value));
        FindCallers();
        FindMakers();
        _covered = [.. _bodies.Keys.Where(method => _callers.ContainsKey(method) && !IsPublic(method))];
        while (_covered.RemoveWhere(method => _callers[method].Any(call => !InScope(call.Caller, call.Offset))) > 0)
        {
        }
    }

    /// <summary>A line for each call whose result nothing keeps.</summary>
    public IEnumerable<string> Offenders() =>
        from body in _bodies
        from item in body.Value.Select((instruction, i) => (instruction, i))
        where Makes(item.instruction) && !InScope(body.Key, item.instruction.Offset) && !IsKept(body.Key, body.Value, item.i)
        select $"{body.Key.DeclaringType}.{body.Key.Name} at {item.instruction.Offset:x}: nothing keeps what "
            + $"{((MethodBase)item.instruction.Operand!).DeclaringType!.Name}.{((MethodBase)item.instruction.Operand).Name} gives";

    private bool InScope(MethodBase method, int offset) =>
        _covered.Contains(method) || _scopes[method].Any(scope => offset >= scope.Start && offset < scope.End);

    private bool Makes(Instruction instruction) => IsCall(instruction) && instruction.Operand is MethodBase call && IsMaker(Il.Declared(call));

    private bool IsMaker(MethodBase call) => call.DeclaringType?.Assembly == Torch
        ? call is MethodInfo method && (HasTensors(method.ReturnType) || call.Name == "invoke") && !call.Name.EndsWith('_') && !Same.Contains(call.Name)
        : _makers.Contains(call);

    private void FindMakers()
    {
        int before;
        do
        {
            before = _makers.Count;
            _makers.UnionWith(
                _bodies.Where(body => body.Key is MethodInfo method && HasTensors(method.ReturnType) && body.Value.Any(Makes)).Select(body => body.Key));
            _makers.UnionWith(_bodies.Keys.Where(_makers.Contains).SelectMany(BasesOf)); // an abstract method makes what an override does
        }
        while (_makers.Count > before);
    }

    private void FindCallers()
    {
        foreach ((MethodBase method, IReadOnlyList<Instruction> body) in _bodies)
        {
            for (int i = 0; i < body.Count; i++)
            {
                if (body[i].Operand is MethodBase called && !(body[i].Code == OpCodes.Ldftn && IsForOtherThreads(body, i)))
                {
                    foreach (MethodBase target in CalledBy(Il.Declared(called)))
                    {
                        Add(target, method, body[i].Offset);
                    }
                }
            }
        }
    }

    // Whether a delegate, which is made right behind, is handed to what runs it on several threads.
    private static bool IsForOtherThreads(IReadOnlyList<Instruction> body, int i) =>
        body.Skip(i + 2).FirstOrDefault(instruction =>
            IsCall(instruction) || instruction.Code == OpCodes.Newobj)?.Operand is MethodBase { DeclaringType: { } type }
        && (type.Namespace is "System.Threading" or "System.Threading.Tasks" || type.Name is "Fused" or "Team");

    // The method, its overrides, what an iterator does when it is asked for its next item, and what autograd calls.
    private IEnumerable<MethodBase> CalledBy(MethodBase called)
    {
        if (called.DeclaringType?.Assembly == Torch)
        {
            return called.Name is "backward" or "apply"
                ? _bodies.Keys.Where(method =>
                    method is MethodInfo { Name: "forward" or "backward" } info && info.GetBaseDefinition().DeclaringType?.Assembly == Torch)
                : [];
        }

        if (called.IsConstructor && called.DeclaringType!.IsDefined(typeof(CompilerGeneratedAttribute))
            && typeof(System.Collections.IEnumerable).IsAssignableFrom(called.DeclaringType))
        {
            return _bodies.Keys.Where(method => method.DeclaringType == called.DeclaringType);
        }

        return called.IsVirtual ? _bodies.Keys.Where(method => method == called || BasesOf(method).Contains(called)) : [called];
    }

    private static IEnumerable<MethodBase> BasesOf(MethodBase method)
    {
        if (method is not MethodInfo { IsVirtual: true, DeclaringType: { IsInterface: false } type } info)
        {
            return [];
        }

        IEnumerable<MethodBase> ofInterfaces = type.GetInterfaces().Where(one => one.Assembly == type.Assembly).Select(type.GetInterfaceMap)
            .SelectMany(map => map.InterfaceMethods.Where((_, i) => map.TargetMethods[i] == method));
        return info.GetBaseDefinition() == info ? ofInterfaces : ofInterfaces.Append(info.GetBaseDefinition());
    }

    private void Add(MethodBase target, MethodBase caller, int offset)
    {
        if (_bodies.ContainsKey(target))
        {
            if (!_callers.TryGetValue(target, out List<(MethodBase, int)>? calls))
            {
                _callers.Add(target, calls = []);
            }

            calls.Add((caller, offset));
        }
    }

    // The tries of `using DisposeScope scope = NewDisposeScope();`, which begin where the scope has been stored.
    private static (int Start, int End)[] ScopesOf(MethodBase method, IReadOnlyList<Instruction> body) =>
    [
        .. from i in Enumerable.Range(0, Math.Max(0, body.Count - 2))
           where body[i].Operand is MethodBase { Name: nameof(NewDisposeScope) }
           from region in method.GetMethodBody()!.ExceptionHandlingClauses
           where region.Flags == ExceptionHandlingClauseOptions.Finally && Begins(region, body, i + 1)
           select (region.TryOffset, region.TryOffset + region.TryLength),
    ];

    private static bool IsKept(MethodBase method, IReadOnlyList<Instruction> body, int i)
    {
        do
        {
            i++;
        }
        while (body[i].Code == OpCodes.Castclass || (body[i].Operand is MethodBase call && Same.Contains(call.Name)));
        if (body[i].Code == OpCodes.Dup && IsStore(body[i + 1]))
        {
            i += 2; // x ??= y
        }

        return body[i].Code == OpCodes.Ret || body[i].Code == OpCodes.Stfld || body[i].Code == OpCodes.Stsfld
            || (body[i].Code == OpCodes.Newobj && ((MethodBase)body[i].Operand!).DeclaringType!.Assembly != Torch)
            || IsReturned(body, i) || IsUsing(method, body, i);
    }

    // Out of a try.
    private static bool IsReturned(IReadOnlyList<Instruction> body, int i) =>
        IsStore(body[i]) && body[i + 1].Code.FlowControl == FlowControl.Branch
        && body[^1].Code == OpCodes.Ret && Local(body[^2]) == Local(body[i]);

    // Right behind an instruction.
    private static bool Begins(ExceptionHandlingClause region, IReadOnlyList<Instruction> body, int i) =>
        region.TryOffset > body[i].Offset && region.TryOffset <= body[i + 1].Offset;

    private static bool IsStore(Instruction instruction) => instruction.Code.Name!.StartsWith("stloc", StringComparison.Ordinal);

    // Stored, and a try begins at once whose end disposes it.
    private static bool IsUsing(MethodBase method, IReadOnlyList<Instruction> body, int i)
    {
        if (!IsStore(body[i]))
        {
            return false;
        }

        ExceptionHandlingClause? region = method.GetMethodBody()!.ExceptionHandlingClauses
            .FirstOrDefault(clause => clause.Flags == ExceptionHandlingClauseOptions.Finally && Begins(clause, body, i));
        return region is not null
            && body.SkipWhile(instruction => instruction.Offset < region.HandlerOffset).First() is var first && Local(first) == Local(body[i])
            && body.Any(instruction =>
                instruction.Offset > region.HandlerOffset && instruction.Offset < region.HandlerOffset + region.HandlerLength
                    && instruction.Operand is MethodBase { Name: "Dispose" });
    }

    private static string Local(Instruction instruction) => instruction.Operand is int local ? $"{local}" : instruction.Code.Name![^1..];

    private static bool IsCall(Instruction instruction) => instruction.Code == OpCodes.Call || instruction.Code == OpCodes.Callvirt;

    private static bool IsPublic(MethodBase method) => method is { IsPublic: true, DeclaringType.IsVisible: true };

    private static bool HasTensors(Type type) => type == typeof(Tensor)
        || (type.IsArray && HasTensors(type.GetElementType()!))
        || (type.IsGenericType && type.GetGenericArguments().Any(HasTensors));
}
