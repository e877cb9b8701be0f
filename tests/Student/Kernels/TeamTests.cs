using NaturalThoughts.Student.Kernels;

namespace NaturalThoughts.Student.Tests.Kernels;

/// <summary>Tasks side by side, and the items of their kernels.</summary>
public class TeamTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(2, 5)]
    [InlineData(5, 2)]
    public void Should_ComputeEachItemOfEachTaskOnce_When_ThereAreAnyThreads(int tasks, int threads)
    {
        int[] counts = [0, 1, 2, 97, 0, 40];
        int[][][] done = [.. Enumerable.Range(0, tasks).Select(_ => counts.Select(count => new int[count]).ToArray())];

        Team.Run(tasks, threads, task =>
        {
            foreach (int[] items in done[task])
            {
                Threads.Each(items.Length, 8, (i, scratch) => items[i] += One(scratch));

                // A kernel has ended when its last item has, whoever computed it.
                Assert.All(items, times => Assert.Equal(1, times));
            }
        });

        Assert.All(done.SelectMany(task => task.SelectMany(items => items)), times => Assert.Equal(1, times));
    }

    [Fact]
    public void Should_ComputeItemsOfTheOtherTask_When_AThreadIsDone()
    {
        using Barrier two = new(2);
        bool met = false;

        Team.Run(2, 2, task =>
        {
            if (task == 0)
            {
                Threads.Each(2, 0, (_, _) => met = two.SignalAndWait(Hang.Limit));
            }
        });

        Assert.True(met);
    }

    [Fact]
    public void Should_Help_When_ThereAreMoreThreadsThanTasks()
    {
        using Barrier three = new(3);
        int met = 0;

        Team.Run(2, 3, task =>
        {
            if (task == 1)
            {
                Threads.Each(3, 0, (_, _) => Interlocked.Add(ref met, three.SignalAndWait(Hang.Limit) ? 1 : 0));
            }
        });

        Assert.Equal(3, met);
    }

    [Fact]
    public void Should_ThrowInTheTask_When_AnItemFails()
    {
        int computed = 0;
        Exception? caught = null;

        Team.Run(2, 2, task =>
        {
            try
            {
                Threads.Each(50, 0, (i, _) =>
                {
                    Interlocked.Increment(ref computed);
                    if (task == 0 && i == 7)
                    {
                        throw new InvalidOperationException("item 7");
                    }
                });
            }
            catch (InvalidOperationException exception)
            {
                caught = exception;
            }
        });

        Assert.Equal("item 7", caught?.Message);
        Assert.Equal(100, computed);
    }

    [Fact]
    public void Should_Throw_When_ATaskFails()
    {
        int begun = 0;

        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => Team.Run(4, 2, task =>
        {
            Interlocked.Increment(ref begun);
            if (task == 1)
            {
                throw new InvalidOperationException("task 1");
            }
        }));

        Assert.Equal("task 1", thrown.Message);
        Assert.True(Team.Current is null);
        Assert.InRange(begun, 2, 4);
    }

    [Theory]
    [InlineData(2, 2, 1)]
    [InlineData(2, 5, 2)]
    [InlineData(5, 2, 1)]
    public void Should_CutForAPartOfTheThreads_When_TasksShareThem(int tasks, int threads, int each) =>
        Team.Run(tasks, threads, _ => Assert.Equal(each, Threads.Count));

    private static unsafe int One(Scratch scratch)
    {
        float* memory = scratch.Take(8);
        memory[7] = 1;
        return (int)memory[7];
    }
}
