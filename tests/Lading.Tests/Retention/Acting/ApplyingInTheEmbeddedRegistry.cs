using Lading.Layout;
using Lading.Testing;

namespace Lading.Tests.Retention.Acting;

/// <summary><c>lading prune --apply</c> of an embedded registry, from the command line to what is printed.</summary>
public sealed class ApplyingInTheEmbeddedRegistry : IAsyncLifetime
{
    private EmbeddedShop shop = null!;

    public async ValueTask InitializeAsync() => shop = await EmbeddedShop.CreateAsync();

    public ValueTask DisposeAsync()
    {
        shop.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Nothing_is_touched_if_the_answer_is_no()
    {
        await shop.LoseAsync();
        var before = Stored();

        var run = await ApplyAsync("n");

        Assert.Equal(130, run.ExitCode);
        Assert.EndsWith(
            "  Delete 2 images of local? [y/N]   Nothing was changed.\n",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Empty(run.Out);
        Assert.Equal(before, Stored());
    }

    [Fact]
    public async Task Nothing_is_touched_if_nobody_can_answer()
    {
        await shop.LoseAsync();
        var before = Stored();

        var run = (await ApplyAsync(null)).Failed(FailureKind.Usage);

        Assert.EndsWith(
            "error: Could not ask 'Delete 2 images of local?': standard input is not a terminal. Nothing was changed. Add --yes, or leave --apply out to see the plan.\n",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(before, Stored());
    }

    [Fact]
    public async Task Nobody_is_asked_if_nothing_may_be_deleted()
    {
        await shop.PublishAsync("only");

        var run = (await ApplyAsync(null)).Succeeded();

        Assert.Equal("  Nothing was deleted.\n", run.Out);
        Assert.Contains("shop/web", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_what_was_deleted_and_freed_and_a_second_run_has_nothing_to_do()
    {
        await shop.LoseAsync();

        var run = (await ApplyAsync("y")).Succeeded();

        Assert.Matches(
            @"^  shop/web  deleted 2  (?<freed>\S+ \S+)\n\n  2 images deleted · \k<freed> freed\n$",
            run.Out
        );
        Assert.Equal("  Nothing was deleted.\n", (await ApplyAsync(null)).Succeeded().Out);
    }

    [Fact]
    public async Task The_document_has_the_same_form_for_every_registry()
    {
        var lost = await shop.LoseAsync();

        var run = (await ApplyAsync(null, "--yes", "--output", "json")).Succeeded();

        using var document = run.Document();
        var root = document.RootElement;
        Assert.True(AppliedWorld.Schema.IsValid(root), run.Out);
        Assert.Equal("embedded", root.GetProperty("registry").GetString());
        Assert.Contains(
            root.GetProperty("deleted").EnumerateArray(),
            image =>
                image.GetProperty("repository").GetString() == "shop/web"
                && image.GetProperty("digest").GetString() == lost.ToString()
        );
        Assert.True(root.GetProperty("freedBytes").GetInt64() > 0);
    }

    [Fact]
    public async Task A_store_that_somebody_has_open_is_left_alone()
    {
        await shop.LoseAsync();
        using var user = await new StoreUsers(shop.Store).EnterAsync("registry", TestContext.Current.CancellationToken);
        var before = Stored();

        var run = (await ApplyAsync(null)).Failed(FailureKind.CheckFailed);

        Assert.Contains("has the store open", run.Error, StringComparison.Ordinal);
        Assert.Equal("  Nothing was deleted.\n", run.Out);
        Assert.Equal(before, Stored());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lock_named_by_the_caller_is_relative_to_the_working_folder_and_read_at_every_commit(
        bool isThere
    )
    {
        await shop.PublishAsync("pinned");
        var folder = Path.Combine(shop.Git.Folder, "infra");
        Directory.CreateDirectory(Path.Combine(folder, "pins"));
        var pins = Path.Combine(folder, "pins", "local.json");
        File.Copy(Path.Combine(shop.Git.Folder, ".lading", "local.lock.json"), pins);
        await shop.PublishAsync("head");
        await shop.ForgetReflogAsync();
        if (!isThere)
        {
            File.Delete(pins);
        }

        var run = await ToolRun.InAsync(
            folder,
            new Dictionary<string, string> { ["LADING_LOCK"] = "pins/local.json" },
            ["prune", "--apply", "--yes"]
        );

        Assert.Equal("  Nothing was deleted.\n", run.Succeeded().Out);
    }

    private IReadOnlyList<string> Stored() => FolderSnapshot.OfContents(shop.Store.PathOf(EmbeddedShop.Web));

    private Task<ToolRun> ApplyAsync(string? answer, params IReadOnlyList<string> arguments) =>
        ToolRun.InAsync(
            shop.Git.Folder,
            new Dictionary<string, string>(),
            ["prune", "--apply", .. arguments],
            answer: answer
        );
}
