using NaturalThoughts.Build.CommandLine;
using NaturalThoughts.Contracts;

namespace NaturalThoughts.Build.Tests.CommandLine;

public sealed class SwitchRulesTests
{
    [Theory]
    [InlineData("--dryrun needs a target.", "--dryrun")]
    [InlineData("--tree needs a target.", "--tree")]
    [InlineData("--explain takes no target.", "--target=Table1", "--explain=Table1")]
    [InlineData("--description takes no target.", "--target=Table1", "--description")]
    [InlineData("--dryrun and --tree do not go together.", "--target=Table1", "--tree", "--dryrun")]
    [InlineData("--dryrun does not go with --target=Clean.", "--target=Clean", "--dryrun")]
    [InlineData("--dryrun does not go with --target=Test.", "--target=Test", "--dryrun")]
    [InlineData("--tree does not go with --target=Show.", "--target=Show", "--tree", "Table1/base")]
    [InlineData("--exclusive does not go with --target=Doctor.", "--target=Doctor", "--exclusive")]
    [InlineData("--exclusive does not go with --target=Verify.", "--target=Verify", "--exclusive")]
    [InlineData("--accept goes with --target=Verify only.", "--target=Table1", "--accept", "--reason=why")]
    [InlineData("--accept needs a reason.", "--target=Verify", "--accept", "--reason= ")]
    [InlineData("--reason goes with --accept.", "--target=Verify", "--reason=why")]
    [InlineData("--cache does not go with --target=Clean.", "--target=Clean", "--cache=/x")]
    [InlineData("--cache does not go with --target=Gc.", "--target=Gc", "--cache=/x")]
    [InlineData("--cache does not go with --tree.", "--target=Table1", "--tree", "--cache=/x")]
    [InlineData("--cache does not go with --description.", "--description", "--cache=/x")]
    [InlineData("--keep goes with --target=Gc only.", "--target=Table1", "--keep=2")]
    [InlineData("--weights goes with --target=Gc only.", "--target=Clean", "--weights")]
    [InlineData("--full goes with --target=Doctor only.", "--target=Status", "--full")]
    [InlineData("--dryrun does not go with --target=Status.", "--target=Status", "--dryrun")]
    [InlineData("--exclusive does not go with --target=Gc.", "--target=Gc", "--exclusive")]
    [InlineData("--executor=slurm does not go with --target=Doctor, which runs no targets.", "--target=Doctor", "--executor=slurm")]
    [InlineData("--executor=slurm does not go with --dryrun, which runs no targets.", "--target=Table1", "--dryrun", "--executor=slurm")]
    [InlineData("--cache does not go with --executor=slurm.", "--target=Table1", "--cache=/x", "--executor=slurm")]
    [InlineData("--profile does not go with --target=Clean.", "--target=Clean", "--profile=smoke")]
    [InlineData("--jobs does not go with --target=Test.", "--target=Test", "--jobs=2")]
    [InlineData("--from-scratch goes with --target=Verify only.", "--target=Table1", "--from-scratch")]
    [InlineData("--recheck goes with --target=Verify only.", "--target=Table1", "--recheck=3")]
    [InlineData("--recheck and --accept do not go together.", "--target=Verify", "--recheck=3", "--accept", "--reason=why")]
    [InlineData("--recheck and --from-scratch do not go together.", "--target=Verify", "--recheck=3", "--from-scratch")]
    [InlineData("--from-scratch and --cache do not go together.", "--target=Verify", "--from-scratch", "--cache=/x")]
    [InlineData("--from-scratch and --dryrun do not go together.", "--target=Verify", "--from-scratch", "--dryrun")]
    [InlineData("--recheck cannot be '0'.", "--target=Verify", "--recheck=0")]
    [InlineData("Diff needs --against.", "--target=Diff")]
    [InlineData("--against goes with --target=Diff only.", "--target=Verify", "--against=HEAD")]
    [InlineData("--format goes with --target=Diff only.", "--target=Verify", "--format=html")]
    [InlineData("--dryrun does not go with --target=Diff.", "--target=Diff", "--against=HEAD", "--dryrun")]
    [InlineData("Export needs --to.", "--target=Export", "base")]
    [InlineData("Publish needs --to.", "--target=Publish")]
    [InlineData("--to goes with --target=Export and --target=Publish only.", "--target=Table1", "--to=/x")]
    [InlineData("--libtorch does not go with --target=Publish.", "--target=Publish", "--to=/x", "--libtorch=python")]
    [InlineData("--dryrun does not go with --target=Export.", "--target=Export", "base", "--to=/x", "--dryrun")]
    [InlineData("Unexpected argument 'Table1'.", "--target=Table1", "Table1")]
    public void Should_Refuse_When_SwitchesDoNotGoTogether(string message, params string[] arguments)
    {
        UserError error = Assert.Single(Assert.Throws<UserErrorException>(() => Invocation.Parse(arguments)).Errors);
        Assert.Equal(message, error.Message);
        Assert.NotEmpty(error.Hint!);
    }

    [Theory]
    [InlineData("--target=Table1", "--dryrun")]
    [InlineData("--target=Verify", "--dryrun", "Table1")]
    [InlineData("--target=Verify", "Table1", "Controls", "--accept", "--reason=why")]
    [InlineData("--target=Verify", "Table1/base", "--from-scratch", "--jobs=2")]
    [InlineData("--target=Verify", "--recheck=5")]
    [InlineData("--target=Verify", "--from-scratch", "--accept", "--reason=why")]
    [InlineData("--target=Diff", "--against", "HEAD~1", "Table1", "--format=html")]
    [InlineData("--explain=Table1/base")]
    [InlineData("--target=Publish", "--to=/x")]
    [InlineData("--target=Table1", "--libtorch=python", "--device=cuda")]
    [InlineData("--target=Export", "base", "--to=/x", "--jobs=2", "--cache=/y")]
    [InlineData("--description", "--profile=smoke")]
    [InlineData("--target=Table1", "--exclusive", "--dryrun")]
    [InlineData("--target=Clean")]
    [InlineData("--target=Gc", "--dryrun", "--keep=0", "--weights")]
    [InlineData("--target=Status", "Table1", "--cache=http://cache/")]
    [InlineData("--target=Doctor", "--full", "--cache=/x")]
    [InlineData("--target=Table1", "--dryrun", "--cache=https://cache/team")]
    [InlineData("--explain=Table1/base", "--cache=/x")]
    [InlineData("--target=Verify", "Table1", "--executor=slurm")]
    public void Should_Accept_When_SwitchesGoTogether(params string[] arguments) => Assert.NotNull(Invocation.Parse(arguments));
}
