using Lading.Oci;
using Lading.Processes;
using Lading.Writer;

namespace Lading.Tests.Layout;

public sealed class WritingFromManyProcesses : IDisposable
{
    private static readonly Tag Contested = Tag.Parse("src-contested");
    private readonly LayoutFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task One_of_twenty_gets_an_immutable_tag_and_the_others_learn_of_it()
    {
        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(number =>
                    Task.Run(
                        async () =>
                        {
                            var image = new SmallImage($"publisher {number}");
                            try
                            {
                                await image.PutAsync(folder.Open(_ => true), Contested, Cancelled);
                                return (image.Digest, Won: true);
                            }
                            catch (TagIsTakenException e)
                            {
                                return (Digest: e.Current!.Value, Won: false);
                            }
                        },
                        Cancelled
                    )
                )
        );

        var winner = Assert.Single(outcomes, outcome => outcome.Won).Digest;
        Assert.All(outcomes, outcome => Assert.Equal(winner, outcome.Digest));
        Assert.Equal([Contested], await folder.ReadAllAsync(Cancelled));
    }

    [Fact]
    public async Task No_process_undoes_what_another_wrote()
    {
        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(number =>
                    ProgramRunner.RunAsync(Writer($"w{number}", 25), ReadOnlyMemory<byte>.Empty, Cancelled)
                )
        );

        Assert.All(results, result => Assert.True(result.ExitCode == 0, result.Error));
        Assert.Equal(4 * 25 + 1, (await folder.ReadAllAsync(Cancelled)).Count);
        var digest = (await folder.Open().FindManifestAsync(Contested, Cancelled))!.Digest;
        var lines = results.SelectMany(result => result.Text.Split('\n')).ToList();
        Assert.Equal([$"won {digest}"], lines.Where(line => line.StartsWith("won", StringComparison.Ordinal)));
        Assert.Equal(99, lines.Count(line => line == $"lost {digest}"));
    }

    [Fact]
    public async Task A_reader_sees_a_whole_index_while_others_write()
    {
        // Enough entries for a reader to catch an index half-written if it were written in place.
        var image = new SmallImage("one");
        var layout = folder.Open();
        await image.PutAsync(layout, null, Cancelled);
        var writing = Task.Run(
            async () =>
            {
                for (var number = 0; number < 60; number++)
                {
                    await layout.PutManifestAsync(image.Manifest, Tag.Parse($"tag-{number}"), Cancelled);
                }
            },
            Cancelled
        );

        var seen = 0;
        do
        {
            var tags = await folder.Open().ListTagsAsync(Cancelled);
            Assert.True(tags.Count >= seen, $"{tags.Count} tags after {seen}");
            seen = tags.Count;
        } while (!writing.IsCompleted);

        await writing;
        Assert.Equal(60, (await layout.ListTagsAsync(Cancelled)).Count);
    }

    [Fact]
    public async Task A_process_that_is_killed_at_any_moment_leaves_every_tag_with_its_whole_image()
    {
        var seen = 0;
        var contested = new HashSet<Digest>();
        for (var round = 0; round < 6; round++)
        {
            // Wait until the second has printed something, so that there is work to interrupt.
            await using var first = RunningProgram.Start(Writer($"a{round}", 100_000));
            await using var second = RunningProgram.Start(Writer($"b{round}", 100_000));
            using (var words = new StreamReader(second.Output, leaveOpen: true))
            {
                await words.ReadLineAsync(Cancelled);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(round * 11), TimeProvider.System, Cancelled);
            first.Kill();
            second.Kill();

            var tags = await folder.ReadAllAsync(Cancelled);
            Assert.True(tags.Count > seen, $"{tags.Count} tags after {seen}");
            seen = tags.Count;
            contested.Add((await folder.Open().FindManifestAsync(Contested, Cancelled))!.Digest);
        }

        Assert.Single(contested);
        await new SmallImage("after all that").PutAsync(folder.Open(), Tag.Parse("last"), Cancelled);
        Assert.Contains(Tag.Parse("last"), await folder.ReadAllAsync(Cancelled));
    }

    private ProgramCall Writer(string name, int count) =>
        new("dotnet", typeof(SmallImage).Assembly.Location, folder.Folder, name, $"{count}");
}
