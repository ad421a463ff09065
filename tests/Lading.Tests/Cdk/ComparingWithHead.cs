using Lading.Cdk.Synthesis;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Tests.Cdk;

[Collection(JsiiCollection.Name)]
public sealed class ComparingWithHead : IDisposable
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

    private readonly CdkProject project = new(Configuration);

    public ComparingWithHead()
    {
        project.Write(".gitignore", ".lading/\ncdk.out/\n");
        project.Write("site/index.html", "one");
        project.Write("carts/carts.js", "one");
        project.Git("init", "--quiet");
        Commit("one");
        LockHead();
    }

    public void Dispose() => project.Dispose();

    [Fact]
    public void A_lock_of_HEAD_is_silent()
    {
        Assert.Empty(Warnings());
    }

    [Fact]
    public void A_commit_that_touches_no_image_is_silent()
    {
        project.Write("README.md", "A storefront.");
        Commit("two");

        Assert.Empty(Warnings());
    }

    [Fact]
    public void What_is_not_committed_is_not_asked_about()
    {
        project.Write("site/index.html", "two");

        Assert.Empty(Warnings());
    }

    [Fact]
    public void An_image_whose_inputs_changed_is_told_and_the_others_not()
    {
        project.Write("site/index.html", "two");
        Commit("two");

        var warning = Assert.Single(Warnings());
        Assert.StartsWith(
            "/Storefront/Task/site: Image site is not that of HEAD: the lock pins it as it was at 111111111111, and its inputs have changed since. "
                + "Run 'lading publish site', or 'lading resolve' where it is published already.",
            warning,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void It_is_an_error_where_the_user_wants_it_to_be()
    {
        project.Write("site/index.html", "two");
        Commit("two");
        var stack = CdkProject.Stack(project.App(("lading:stale", "error")));
        CdkProject.Task(stack, "site", "carts");

        Assert.StartsWith(
            "/Storefront/Task/site: Image site is not that of HEAD",
            Assert.Single(CdkProject.Errors(stack)),
            StringComparison.Ordinal
        );
        Assert.Empty(CdkProject.Warnings(stack));
    }

    [Fact]
    public void It_is_nothing_where_the_user_does_not_want_to_know()
    {
        project.Write("site/index.html", "two");
        Commit("two");
        var stack = CdkProject.Stack(project.App(("lading:stale", "ignore")));
        CdkProject.Task(stack, "site");

        Assert.Empty(CdkProject.Warnings(stack));
    }

    [Fact]
    public void An_image_that_is_held_back_is_silent()
    {
        var then = project.Git("rev-parse", "HEAD");
        project.Write("site/index.html", "two");
        project.Write(
            "lading.json",
            Configuration.Replace(
                "\"site\": {",
                $$"""
                "site": { "hold": { "revision": "{{then}}", "reason": "the new page is too slow" },
                """,
                StringComparison.Ordinal
            )
        );
        Commit("two, held back");

        Assert.Empty(Warnings());
    }

    [Fact]
    public void What_was_published_from_uncommitted_changes_is_told()
    {
        LockHead(image => image with { Fingerprint = new string('f', 64), Revision = null });

        Assert.Contains(
            "Image site is not that of HEAD: the lock pins it as it was published from uncommitted changes.",
            Warnings()[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_image_that_HEAD_does_not_have_is_told()
    {
        project.Write(
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
    public void Where_git_cannot_answer_that_is_said_once_a_stack()
    {
        Directory.Delete(Path.Combine(project.Root, ".git"), recursive: true);

        var warning = Assert.Single(Warnings());
        Assert.StartsWith("/Storefront: Could not compare the lock with HEAD.", warning, StringComparison.Ordinal);
        Assert.Contains("-c lading:stale=ignore", warning, StringComparison.Ordinal);
    }

    private IReadOnlyList<string> Warnings()
    {
        var stack = CdkProject.Stack(project.App(("lading:stale", "warn")));
        CdkProject.Task(stack, "site", "carts");
        Assert.Empty(CdkProject.Errors(stack));
        return CdkProject.Warnings(stack);
    }

    private void Commit(string message)
    {
        project.Git("add", "--all");
        project.Git("commit", "--quiet", "--message", message);
    }

    private void LockHead(Func<LockedImage, LockedImage>? change = null)
    {
        var folder = new ProjectFolder(
            project.Root,
            ConfigurationReader.Read(File.ReadAllBytes(Path.Combine(project.Root, "lading.json")), "lading.json")
        );
        var head = HeadFingerprints.Read(folder);
        Assert.Null(head.Failure);
        project.WriteLock(
            "local",
            null,
            head.Images.Select(pair => (pair.Key, (change ?? (image => image))(ALockedImage(pair.Key, pair.Value))))
        );
    }

    private static LockedImage ALockedImage(string name, string fingerprint) =>
        new($"storefront/{name}", Digest.OfBytes([1]), fingerprint, new string('1', 40), [Platform.LinuxAmd64]);
}
