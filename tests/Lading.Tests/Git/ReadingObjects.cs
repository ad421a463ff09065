using System.Text;
using Lading.Git;
using Lading.Testing;

namespace Lading.Tests.Git;

public sealed class ReadingObjects : IAsyncLifetime
{
    private TestRepository? repository;
    private ObjectReader? objects;

    private TestRepository Repository => repository!;

    private ObjectReader Objects => objects!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        repository.Write("a.txt", "one\n").Write("empty", "").Write("folder/b c.txt", "two\n");
        await repository.CommitAsync("Files");
        objects = ObjectReader.Start(new GitProgram(repository.Folder));
    }

    public async ValueTask DisposeAsync()
    {
        await Objects.DisposeAsync();
        Repository.Dispose();
    }

    [Fact]
    public async Task Many_names_are_answered_in_order_and_missing_ones_by_null()
    {
        var found = await Objects.FindAllAsync(
            ["HEAD:a.txt", "HEAD:nothing", "HEAD:folder/b c.txt", "HEAD:empty", "no such revision", "HEAD:folder"],
            Cancelled
        );

        Assert.Equal(["one\n", null, "two\n", "", null], found.Take(5).Select(TextOf));
        Assert.Equal(("tree", await IdAsync("HEAD:folder")), (found[5]!.Type, found[5]!.Id.ToString()));
        Assert.Equal(("blob", await IdAsync("HEAD:a.txt")), (found[0]!.Type, found[0]!.Id.ToString()));
    }

    [Fact]
    public async Task An_empty_question_leaves_no_answer_behind_for_the_next()
    {
        Assert.Empty(await Objects.FindAllAsync([], Cancelled));
        await Objects.CopyAsync([], _ => throw new InvalidOperationException("There is nothing to copy."), Cancelled);

        Assert.Equal("one\n", TextOf(await Objects.FindAsync("HEAD:a.txt", Cancelled)));
    }

    [Theory]
    [InlineData("HEAD:a.txt\nHEAD:empty")]
    [InlineData("\n")]
    [InlineData("")]
    public async Task An_odd_name_is_one_question(string name)
    {
        var found = await Objects.FindAllAsync([name, "HEAD:folder/b c.txt"], Cancelled);

        Assert.Equal([null, "two\n"], found.Select(TextOf));
    }

    [Fact]
    public async Task Objects_larger_than_any_buffer_arrive_whole_beside_small_ones()
    {
        var large = new string('x', 1_000_000) + "\n";
        Repository.Write("large", large);
        await Repository.CommitAsync("Large");
        var names = Enumerable.Range(0, 50).SelectMany(_ => new[] { "HEAD:large", "HEAD:a.txt", "HEAD:empty" });

        var found = await Objects.FindAllAsync([.. names], Cancelled);

        Assert.All(found.Chunk(3), three => Assert.Equal([large, "one\n", ""], three.Select(TextOf)));
    }

    [Fact]
    public async Task Concurrent_callers_each_get_their_own_answers()
    {
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(i =>
                    Objects.FindAsync(
                        (i % 3) switch
                        {
                            0 => "HEAD:a.txt",
                            1 => "HEAD:none",
                            _ => "HEAD:empty",
                        },
                        Cancelled
                    )
                )
        );

        Assert.All(
            answers.Select((answer, i) => (answer, i)),
            pair =>
                Assert.Equal(
                    (pair.i % 3) switch
                    {
                        0 => "one\n",
                        1 => null,
                        _ => "",
                    },
                    TextOf(pair.answer)
                )
        );
    }

    [Fact]
    public async Task Blobs_are_copied_to_streams_that_are_closed_afterwards()
    {
        var ids = new[] { "HEAD:folder/b c.txt", "HEAD:empty", "HEAD:a.txt" };
        var blobs = await Task.WhenAll(ids.Select(IdAsync));
        var streams = blobs.Select(_ => new MemoryStream()).ToList();

        await Objects.CopyAsync([.. blobs.Select(ObjectId.Parse)], i => streams[i], Cancelled);

        Assert.Equal(["two\n", "", "one\n"], streams.Select(stream => Encoding.UTF8.GetString(stream.ToArray())));
        Assert.All(streams, stream => Assert.False(stream.CanWrite));
    }

    [Fact]
    public async Task A_missing_blob_is_an_error_that_names_it()
    {
        var missing = ObjectId.Parse(new string('a', 40));

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            Objects.CopyAsync([missing], _ => new MemoryStream(), Cancelled)
        );

        Assert.Contains($"object {missing} is not in it", failure.Message);
        Assert.Contains("git fsck", failure.Message);
    }

    [Fact]
    public async Task Without_a_repository_the_error_says_so()
    {
        using var folder = new TestFolder();
        await using var nowhere = ObjectReader.Start(new GitProgram(folder.Path));

        var failure = await Assert.ThrowsAsync<LadingException>(() => nowhere.FindAsync("HEAD", Cancelled));

        Assert.Contains("this folder is not in a git repository", failure.Message);
    }

    private Task<string> IdAsync(string name) => Repository.GitAsync("rev-parse", name);

    private static string? TextOf(GitObject? found) => found is null ? null : Encoding.UTF8.GetString(found.Content);
}
