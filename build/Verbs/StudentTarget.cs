using NaturalThoughts.Build.Running;
using NaturalThoughts.Checkpoints.Files;
using NaturalThoughts.Contracts;
using NaturalThoughts.Experiments;
using NaturalThoughts.Pipeline.Store;

namespace NaturalThoughts.Build.Verbs;

/// <summary>The student that an address of the command line names, for the verbs that take one.</summary>
internal static class StudentTarget
{
    /// <summary>The target with its files.</summary>
    /// <param name="session">The plan, and the command line with the address.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="example">How it is written.</param>
    /// <exception cref="UserErrorException">The address names no target or several students.</exception>
    public static string Of(Session session, string verb, string example)
    {
        string address = session.Invocation.Addresses.Count == 1
            ? session.Invocation.Addresses[0]
            : throw new UserErrorException($"{verb} takes one address.", verb, $"Write {example}.");
        IReadOnlyList<string> named = Names.Resolve(session.Plan, address, verb);
        string[] students = named is [_]
            ? [.. named]
            : [.. named.Where(target => StageCatalog.Create(session.Graph[target].StageName).Description.Outputs.Contains(CheckpointFolder.Config))];
        return students switch
        {
            [string one] => one,
            [] =>
                throw new UserErrorException(
                    $"'{address}' holds no student.", verb, "Name a cell with a seed, such as Table1/Random/1000/System2/seed1, or any one target."),
            _ => throw new UserErrorException($"'{address}' holds {students.Length} students.", verb, $"Name one, such as {students[0]}."),
        };
    }

    /// <summary>Writes the files of a target.</summary>
    /// <param name="session">Where the store is.</param>
    /// <param name="record">The target's run.</param>
    /// <param name="pathOf">The place of a file.</param>
    /// <returns>Number of files.</returns>
    public static int Restore(Session session, RunRecord record, Func<string, string> pathOf)
    {
        foreach ((string name, OutputFile file) in record.Outputs)
        {
            string path = pathOf(name);
            if (!session.Store.Restore(file, path))
            {
                throw new InvalidOperationException($"The output '{name}' vanished from the store during the run.");
            }

            File.SetAttributes(path, FileAttributes.Normal);
        }

        return record.Outputs.Count;
    }
}
