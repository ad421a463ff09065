using Lading.Locks;
using Lading.Testing;

namespace Lading.IntegrationTests.Publishing;

public sealed class Resolving : IAsyncLifetime
{
    private SmallProject? project;

    private SmallProject Project => project!;

    private TestRepository Repository => Project.Repository;

    public async ValueTask InitializeAsync() => project = await SmallProject.CreateAsync();

    public ValueTask DisposeAsync()
    {
        project?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_lock_that_publish_wrote_is_restored_from_the_registry_alone()
    {
        await Project.PublishAsync();
        var (text, store) = (Project.LockText(), FolderSnapshot.Of(Project.Store));
        File.Delete(Project.LockPath());

        (await Project.LadingAsync("resolve")).Succeeded();

        Assert.Equal(text, Project.LockText());
        Assert.Equal(store, FolderSnapshot.Of(Project.Store));
        Assert.Equal(1, Project.Runs);
    }

    [Fact]
    public async Task Images_that_were_never_published_are_named_and_the_lock_stays()
    {
        await Project.PublishAsync();
        var text = Project.LockText();
        Repository.Write("src/web/index.html", "<h1>Sale</h1>\n").Write("src/site/page.txt", "sale\n");
        await Repository.CommitAsync("Sale");

        var run = (await Project.LadingAsync("resolve")).Failed(FailureKind.CheckFailed);

        Assert.Matches(
            "never published there: site \\(src-[0-9a-f]{40}\\), web \\(src-[0-9a-f]{40}\\)\\. Run 'lading publish --env local'",
            run.Error
        );
        Assert.Equal(text, Project.LockText());
        Assert.Equal(1, Project.Runs);
    }

    [Fact]
    public async Task In_an_environment_with_a_promotion_the_remedy_is_to_promote()
    {
        await Project.PublishAsync();

        var run = (await Project.LadingAsync("resolve", "--env", "stage")).Failed(FailureKind.CheckFailed);

        Assert.Contains("Run 'lading promote local stage'", run.Error);
    }

    [Fact]
    public async Task A_lock_that_cannot_be_read_is_written_again_as_its_error_says()
    {
        await Project.PublishAsync();
        var text = Project.LockText();
        Repository.Write(".lading/local.lock.json", text[..^9]);
        var refused = await Project.LadingAsync("publish", "web");
        Assert.Contains("Run 'lading resolve --env local' to write it again", refused.Error);

        (await Project.LadingAsync("resolve", "--env", "local")).Succeeded();

        Assert.Equal(text, Project.LockText());
    }

    [Fact]
    public async Task The_lock_goes_where_the_user_says_and_nowhere_else()
    {
        await Project.PublishAsync();
        var text = Project.LockText();
        File.Delete(Project.LockPath());

        (await Project.LadingAsync("resolve", "--lock", "pins/shop.json")).Succeeded();

        Assert.Equal(text, Repository.Read("pins/shop.json"));
        Assert.False(File.Exists(Project.LockPath()));
    }

    [Fact]
    public async Task As_JSON_it_says_what_the_lock_says()
    {
        await Project.PublishAsync();
        var web = LockFile.Read(Project.LockPath()).Images["web"];

        var run = (await Project.LadingAsync("resolve", "web", "--output", "json")).Succeeded();

        Assert.Equal(
            $$"""
            {
              "environment": "local",
              "images": [
                {
                  "name": "web",
                  "repository": "shop/web",
                  "digest": "{{web.Digest}}",
                  "fingerprint": "{{web.Fingerprint}}",
                  "revision": "{{web.Revision}}"
                }
              ]
            }

            """,
            run.Out
        );
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task If_some_images_are_resolved_the_lock_keeps_the_entries_of_the_others()
    {
        await Project.PublishAsync();
        var text = Project.LockText();

        (await Project.LadingAsync("resolve", "web")).Succeeded();

        Assert.Equal(text, Project.LockText());
    }
}
