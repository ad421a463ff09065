using Lading.Cdk.Synthesis;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Oci;
using Lading.Testing;

namespace Lading.Tests.Cdk;

[Collection(JsiiCollection.Name)]
public sealed class ComparingWithHead : IAsyncLifetime
{
    private const string Configuration = """
        {
          "project": "storefront",
          "images": {
            "carts": { "assemble": { "sources": ["carts/"], "base": "scratch", "copy": { "carts/": "/app/" } } },
            "site": { "assemble": { "sources": ["site/"], "base": "scratch", "copy": { "site/": "/srv/" } } }
          }
        }
        """;

    private TestRepository repository = null!;
    private CdkProject project = null!;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        project = new CdkProject(Configuration, repository.Folder);
        repository.Write(".gitignore", ".lading/\ncdk.out/\n");
        repository.Write("site/index.html", "one");
        repository.Write("carts/carts.js", "one");
        await repository.CommitAsync("one");
        LockHead();
    }

    public ValueTask DisposeAsync()
    {
        project.Dispose();
        repository.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_lock_of_HEAD_is_silent()
    {
        Assert.Empty(Warnings());
    }

    [Fact]
    public async Task A_commit_that_touches_no_image_is_silent()
    {
        repository.Write("README.md", "A storefront.");
        await repository.CommitAsync("two");

        Assert.Empty(Warnings());
    }

    [Fact]
    public void Uncommitted_files_are_not_asked_about()
    {
        repository.Write("site/index.html", "two");

        Assert.Empty(Warnings());
    }

    [Fact]
    public async Task Only_an_image_whose_inputs_changed_is_reported()
    {
        repository.Write("site/index.html", "two");
        await repository.CommitAsync("two");

        var warning = Assert.Single(Warnings());
        Assert.StartsWith(
            "/Storefront/Task/site: Image site does not match HEAD: the lock pins it as it was at 111111111111, and its inputs have changed since. "
                + "Run 'lading publish site', or 'lading resolve' if it is published already.",
            warning,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task It_is_an_error_if_the_user_wants_that()
    {
        repository.Write("site/index.html", "two");
        await repository.CommitAsync("two");
        var stack = CdkProject.Stack(project.App(("lading:stale", "error")));
        CdkProject.Task(stack, "site", "carts");

        Assert.StartsWith(
            "/Storefront/Task/site: Image site does not match HEAD",
            Assert.Single(CdkProject.Errors(stack)),
            StringComparison.Ordinal
        );
        Assert.Empty(CdkProject.Warnings(stack));
    }

    [Fact]
    public async Task It_is_silent_if_the_user_wants_that()
    {
        repository.Write("site/index.html", "two");
        await repository.CommitAsync("two");
        var stack = CdkProject.Stack(project.App(("lading:stale", "ignore")));
        CdkProject.Task(stack, "site");

        Assert.Empty(CdkProject.Warnings(stack));
    }

    [Fact]
    public async Task An_image_that_is_held_back_is_silent()
    {
        var then = await repository.GitAsync("rev-parse", "HEAD");
        repository.Write("site/index.html", "two");
        repository.Write(
            "lading.json",
            Configuration.Replace(
                "\"site\": {",
                $$"""
                "site": { "hold": { "revision": "{{then}}", "reason": "the new page is too slow" },
                """,
                StringComparison.Ordinal
            )
        );
        await repository.CommitAsync("two, held back");

        Assert.Empty(Warnings());
    }

    [Fact]
    public void An_image_published_from_uncommitted_changes_is_reported()
    {
        LockHead(image => image with { Fingerprint = new string('f', 64), Revision = null });

        Assert.Contains(
            "Image site does not match HEAD: the lock pins it as it was published from uncommitted changes.",
            Warnings()[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_image_that_HEAD_does_not_have_is_reported()
    {
        repository.Write(
            "lading.json",
            Configuration.Replace(
                "\"images\": {",
                """
                "images": {
                    "news": { "assemble": { "sources": ["site/"], "base": "scratch", "copy": { "site/": "/srv/" } } },
                """,
                StringComparison.Ordinal
            )
        );
        project.WriteLock("local", null, [("news", ALockedImage("news", new string('f', 64)))]);
        var stack = CdkProject.Stack(project.App(("lading:stale", "warn")));
        CdkProject.Task(stack, "news");

        Assert.Contains(
            "lading.json has no such image at HEAD",
            Assert.Single(CdkProject.Warnings(stack)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void If_git_cannot_answer_each_stack_reports_it_once()
    {
        Directory.Delete(Path.Combine(project.Root, ".git"), recursive: true);

        var warning = Assert.Single(Warnings());
        Assert.StartsWith("/Storefront: Could not compare the lock with HEAD.", warning, StringComparison.Ordinal);
        Assert.Contains("-c lading:stale=ignore", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identities_that_were_read_before_are_remembered()
    {
        using var state = new TestFolder();
        repository.Write("site/pages/index.html", "one");
        await repository.CommitAsync("two");
        var read = AppImages.ReadHead(Folder(), State);
        Assert.Null(read.Failure);

        // Without this object, a synthesis that reads the files of the context again fails.
        var tree = await repository.GitAsync("rev-parse", "HEAD:site/pages");
        File.Delete(Path.Combine(repository.Folder, ".git", "objects", tree[..2], tree[2..]));
        Assert.NotNull(AppImages.ReadHead(Folder(), _ => null).Failure);

        var remembered = AppImages.ReadHead(Folder(), State);
        Assert.Null(remembered.Failure);
        Assert.Equal(read.Images["site"].Fingerprint, remembered.Images["site"].Fingerprint);

        string? State(string name) => name is "XDG_STATE_HOME" or "LOCALAPPDATA" ? state.Path : null;
    }

    private IReadOnlyList<string> Warnings()
    {
        var stack = CdkProject.Stack(project.App(("lading:stale", "warn")));
        CdkProject.Task(stack, "site", "carts");
        Assert.Empty(CdkProject.Errors(stack));
        return CdkProject.Warnings(stack);
    }

    private ProjectFolder Folder() =>
        new(
            project.Root,
            ConfigurationReader.Read(File.ReadAllBytes(Path.Combine(project.Root, "lading.json")), "lading.json")
        );

    private void LockHead(Func<LockedImage, LockedImage>? change = null)
    {
        var head = AppImages.ReadHead(Folder(), _ => null);
        Assert.Null(head.Failure);
        project.WriteLock(
            "local",
            null,
            head.Images.Select(pair =>
                (pair.Key, (change ?? (image => image))(ALockedImage(pair.Key, pair.Value.Fingerprint.Hex)))
            )
        );
    }

    private static LockedImage ALockedImage(string name, string fingerprint) =>
        new($"storefront/{name}", Digest.OfBytes([1]), fingerprint, new string('1', 40), [Platform.LinuxAmd64]);
}
