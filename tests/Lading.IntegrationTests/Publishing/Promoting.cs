using Lading.Layout;
using Lading.Oci;
using Lading.Testing;

namespace Lading.IntegrationTests.Publishing;

/// <summary>The environment <c>stage</c> takes its images from <c>local</c>.</summary>
public sealed class Promoting : IAsyncLifetime
{
    private SmallProject? project;

    private SmallProject Project => project!;

    private TestRepository Repository => Project.Repository;

    private LayoutStore Stage => new(Project.Store + "-stage");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => project = await SmallProject.CreateAsync();

    public ValueTask DisposeAsync()
    {
        project?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("promote", "local", "stage")]
    [InlineData("publish", "--env", "stage")]
    public async Task Afterwards_it_has_the_same_digests_and_nothing_was_built(params string[] verb)
    {
        await Project.PublishAsync();

        var promoted = PublishedImageJson.Parse((await Project.LadingAsync([.. verb, "-o", "json"])).Succeeded().Out);

        Assert.All(promoted.Values, image => Assert.Equal("copy", image.Action));
        Assert.Equal(1, Project.Runs);
        Assert.Equal(
            Project.LockText(),
            Project.LockText("stage").Replace("\"environment\": \"stage\"", "\"environment\": \"local\"")
        );
        foreach (var repository in Stage.List(Cancelled))
        {
            await VerifiedTags.VerifyAsync(Stage.Open(repository), Cancelled);
        }
    }

    [Fact]
    public async Task The_commit_that_first_published_an_image_goes_with_it()
    {
        var first = await Project.PublishAsync();
        Repository.Write("README.md", "Another commit.\n");
        await Repository.CommitAsync("Nothing of an image");

        (await Project.LadingAsync("promote", "local", "stage")).Succeeded();

        Assert.Equal(
            [$"git-{first["web"].Revision}", .. SourceTagOf("web")],
            (await Stage.Open(RepositoryName.Parse("shop/web")).ListTagsAsync(Cancelled)).Select(tag => tag.Name)
        );
    }

    [Fact]
    public async Task A_second_promotion_copies_nothing()
    {
        await Project.PublishAsync();
        (await Project.LadingAsync("promote", "local", "stage")).Succeeded();
        var (store, text) = (FolderSnapshot.Of(Stage.Directory), Project.LockText("stage"));

        var again = (await Project.LadingAsync("promote", "local", "stage")).Succeeded();

        Assert.Contains("2 images · 2 reused · nothing sent", again.Out);
        Assert.Equal(store, FolderSnapshot.Of(Stage.Directory));
        Assert.Equal(text, Project.LockText("stage"));
    }

    [Fact]
    public async Task A_stage_that_has_everything_does_not_need_its_origin()
    {
        await Project.PublishAsync();
        (await Project.LadingAsync("promote", "local", "stage")).Succeeded();
        Repository.Write(
            "lading.json",
            Repository.Read("lading.json").Replace("\"promoteFrom\": \"local\"", "\"promoteFrom\": \"shared\"")
        );

        var again = (await Project.LadingAsync("publish", "--env", "stage")).Succeeded();

        Assert.Contains("2 images · 2 reused · nothing sent", again.Out);
        Repository.Write("src/site/page.txt", "new\n");
        await Repository.CommitAsync("Another page");
        Assert.Contains(
            "127.0.0.1:1",
            (await Project.LadingAsync("publish", "--env", "stage")).Failed(FailureKind.Failed).Error
        );
    }

    [Fact]
    public async Task Names_images_that_were_never_published_and_builds_none()
    {
        await Project.PublishAsync();
        (await Project.LadingAsync("promote", "local", "stage")).Succeeded();
        var text = Project.LockText("stage");
        Repository.Write("src/site/page.txt", "new\n");
        await Repository.CommitAsync("Another page");

        var run = (await Project.LadingAsync("promote", "local", "stage")).Failed(FailureKind.CheckFailed);

        Assert.Matches("Could not promote site \\(src-[0-9a-f]{40}\\) from local to stage", run.Error);
        Assert.Contains("lading publish --env local", run.Error);
        Assert.Equal(1, Project.Runs);
        Assert.Equal(text, Project.LockText("stage"));
    }

    [Fact]
    public async Task Going_back_in_git_promotes_the_old_digests()
    {
        var first = await Project.PublishAsync();
        Repository.Write("src/web/index.html", "<h1>Sale</h1>\n");
        await Repository.CommitAsync("Sale");
        await Project.PublishAsync();

        (await Project.LadingAsync("promote", "local", "stage", "--rev", "HEAD~1")).Succeeded();

        Assert.Equal(first["web"].Digest, Project.Locked("web", "stage").ToString());
    }

    [Fact]
    public async Task One_image_is_promoted_without_the_others()
    {
        await Project.PublishAsync();

        (await Project.LadingAsync("promote", "local", "stage", "site")).Succeeded();

        Assert.Equal(["shop/site"], Stage.List(Cancelled).Select(name => name.Value));
    }

    [Theory]
    [InlineData(
        "stage",
        "local",
        "it is the other way round",
        "Run 'lading promote local stage'; 'lading publish --env local' builds"
    )]
    [InlineData("cloud", "stage", "stage takes its images from local", "Run 'lading promote local stage'.")]
    [InlineData(
        "local",
        "local",
        "both are the same environment",
        "Run 'lading promote local stage'; 'lading publish --env local' builds"
    )]
    [InlineData(
        "shared",
        "cloud",
        "cloud takes its images from no other",
        "set \"promoteFrom\": \"shared\" of environment cloud"
    )]
    public async Task A_promotion_other_than_the_configured_one_is_wrong_use(
        string from,
        string to,
        string reason,
        string remedy
    )
    {
        var run = (await Project.LadingAsync("promote", from, to)).Failed(FailureKind.Usage);

        Assert.Contains(reason, run.Error);
        Assert.Contains(remedy, run.Error);
    }

    [Fact]
    public async Task For_uncommitted_inputs_no_option_is_suggested_that_the_verb_lacks()
    {
        await Project.PublishAsync();
        Repository.Write("src/web/index.html", "<h1>Not yet</h1>\n");

        var run = (await Project.LadingAsync("promote", "local", "stage")).Failed(FailureKind.Failed);
        var named = await Project.LadingAsync("promote", "local", "stage", "--rev", "HEAD");

        Assert.Contains("M src/web/index.html", run.Error);
        Assert.DoesNotContain("--dirty", run.Error);
        Assert.Contains("--rev HEAD", run.Error);
        named.Succeeded();
    }

    private IEnumerable<string> SourceTagOf(string image) =>
        [
            Fingerprints
                .Fingerprint.Parse(Locks.LockFile.Read(Project.LockPath()).Images[image].Fingerprint)
                .SourceTag.Name,
        ];
}
