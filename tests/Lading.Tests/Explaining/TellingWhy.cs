using System.Text.Json;
using Lading.Testing;

namespace Lading.Tests.Explaining;

/// <summary>A project with a built image and an assembled one, and what <c>lading why</c> says about them.</summary>
public sealed class TellingWhy : IAsyncLifetime
{
    private const string Base = "docker.io/library/tool:1";
    private static readonly string One = "sha256:" + new string('1', 64);
    private static readonly string Two = "sha256:" + new string('2', 64);

    private TestRepository repository = null!;
    private string first = "";

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        repository
            .Write(".gitignore", ".lading/\n")
            .Write("web/Dockerfile", $"FROM {Base} AS final\nCOPY . /srv\n")
            .Write("web/a.txt", "a\n")
            .Write("web/gone.txt", "gone\n")
            .Write("web/run", "#!/bin/sh\n")
            .Write("site/index.html", "<h1>Shop</h1>\n")
            .Write("lading.bases.json", Pins(One))
            .Write("lading.json", Configuration("linux/amd64", "1", ""));
        first = await repository.CommitAsync("A shop");
    }

    public ValueTask DisposeAsync()
    {
        repository.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_inputs_of_an_image_are_shown_as_a_tree()
    {
        var run = (await WhyAsync("web")).Succeeded();

        var lines = run.Out.Split('\n');
        Assert.Matches("^  web  src-[0-9a-f]{8}…  HEAD, " + first[..7] + "$", lines[0]);
        Assert.Equal(
            [
                "  ├─ kind        build",
                "  ├─ platforms   linux/amd64",
                "  ├─ args.V      1",
                "  ├─ secrets     npmrc",
                $"  ├─ base        {Base}  {One[..19]}…",
            ],
            lines[1..6]
        );
        Assert.StartsWith("  ├─ dockerfile  web/Dockerfile  sha256:", lines[6], StringComparison.Ordinal);
        Assert.Equal(
            "  └─ files       4, the whole context: line 2: COPY . reads all of it (--files lists them)",
            lines[7]
        );
    }

    [Fact]
    public async Task Everything_is_in_one_JSON_document()
    {
        var root = (await WhyAsync("web", "-o", "json")).Succeeded().Document().RootElement;

        Assert.Equal("web", root.GetProperty("image").GetString());
        Assert.Equal("src-" + root.GetProperty("fingerprint").GetString()![..40], root.GetProperty("tag").GetString());
        Assert.Equal(first, root.GetProperty("revision").GetString());
        Assert.Equal("1", root.GetProperty("parameters").GetProperty("args").GetProperty("V").GetString());
        Assert.Equal(2, root.GetProperty("narrowing").GetProperty("line").GetInt32());
        Assert.Equal(
            ["web/Dockerfile", "web/a.txt", "web/gone.txt", "web/run"],
            root.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("path").GetString())
        );
    }

    [Fact]
    public async Task Inputs_that_differ_are_reported_with_their_commits()
    {
        repository.Write("web/a.txt", "b\n").Write("README.md", "Nothing of an image.\n");
        var second = await repository.CommitAsync("Better [a]");
        File.Delete(Path.Combine(repository.Folder, "web/gone.txt"));
        repository.Write("web/new file.txt", "new\n");
        await repository.GitAsync("add", "--all");
        await repository.GitAsync("update-index", "--chmod=+x", "web/run");
        await repository.GitAsync("commit", "--quiet", "--message", "Other files");
        await repository.GitAsync("reset", "--quiet", "--hard");
        var third = await repository.RunAsync("rev-parse HEAD");
        repository
            .Write("lading.bases.json", Pins(Two))
            .Write("lading.json", Configuration("linux/arm64", "2", """ "target": "final","""));
        var fourth = await repository.CommitAsync("Another base and platform");

        var text = (await WhyAsync("web", "--from", first)).Succeeded().Out;
        var root = (await WhyAsync("web", "--from", first, "-o", "json")).Succeeded().Document().RootElement;

        Assert.Equal(
            [
                $"M web/a.txt {second[..7]}",
                $"D web/gone.txt {third[..7]}",
                $"A web/new file.txt {third[..7]}",
                $"M web/run {third[..7]}",
            ],
            root.GetProperty("files")
                .EnumerateArray()
                .Select(file => $"{file.GetProperty("change")} {file.GetProperty("path")} {CommitsOf(file)}")
        );
        var moved = Assert.Single(root.GetProperty("bases").EnumerateArray());
        Assert.Equal(
            (Base, One, Two, fourth[..7]),
            (
                moved.GetProperty("reference").GetString(),
                moved.GetProperty("before").GetString(),
                moved.GetProperty("after").GetString(),
                CommitsOf(moved)
            )
        );
        Assert.Equal(
            [
                $"args.V 1 2 {fourth[..7]}",
                $"platforms linux/amd64 linux/arm64 {fourth[..7]}",
                $"target  final {fourth[..7]}",
            ],
            root.GetProperty("settings")
                .EnumerateArray()
                .Select(each =>
                    $"{each.GetProperty("name")} {each.GetProperty("before")} {each.GetProperty("after")} {CommitsOf(each)}"
                )
        );
        Assert.True(root.GetProperty("historyComplete").GetBoolean());
        Assert.Contains(
            $"    M     web/a.txt                 {second[..7]}  \"Better [a]\"\n",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains($"    base  {Base}  {One[..19]}… → {Two[..19]}…\n", text, StringComparison.Ordinal);
        Assert.EndsWith("    4 files, 1 base, 3 settings\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_two_revisions_can_be_compared_and_only_inputs_count()
    {
        repository.Write("site/index.html", "<h1>Sale</h1>\n");
        await repository.CommitAsync("Sale");
        repository.Write("site/index.html", "<h1>Shop</h1>\n");
        await repository.CommitAsync("No sale");

        var same = (await WhyAsync("site", "--from", "HEAD~2", "--to", "HEAD")).Succeeded();
        var web = (await WhyAsync("web", "--from", "HEAD~1")).Succeeded();
        var back = (await WhyAsync("site", "--from", "HEAD~1", "--to", "HEAD~2")).Succeeded();

        Assert.Contains("is the same in both: HEAD, ", same.Out, StringComparison.Ordinal);
        Assert.Contains("is the same in both", web.Out, StringComparison.Ordinal);
        Assert.Contains("M  site/index.html", back.Out, StringComparison.Ordinal);
        Assert.Contains("\"Sale\" (not in it any more)", back.Out, StringComparison.Ordinal);
        Assert.EndsWith(
            "1 file; bases, arguments, target and platforms are the same\n",
            back.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Uncommitted_changes_are_reported_as_such()
    {
        repository
            .Write("web/a.txt", "mine\n")
            .Write("web/b.txt", "new\n")
            .Write("lading.json", Configuration("linux/amd64", "7", ""));

        var list = (await WhyAsync("web")).Succeeded();
        var run = (await WhyAsync("web", "--from", "HEAD")).Succeeded();

        Assert.Contains("the working tree", list.Out, StringComparison.Ordinal);
        Assert.Contains("3 of its inputs are not committed", list.Error, StringComparison.Ordinal);
        Assert.Contains("    M    web/a.txt  not committed\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("    A    web/b.txt  not committed\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("    set  args.V     1 → 7  not committed\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_means_the_image_in_its_lock()
    {
        (await LadingAsync("publish", "site")).Succeeded();
        (await LadingAsync("publish", "site", "--env", "stage")).Succeeded();
        repository.Write("site/index.html", "<h1>Sale</h1>\n");
        var second = await repository.CommitAsync("Sale");

        foreach (var point in new[] { "lock", "stage", "local" })
        {
            var run = (await WhyAsync("site", "--from", point)).Succeeded();

            Assert.Contains(
                $"({(point == "lock" ? "local" : point)}, {first[..7]})",
                run.Out,
                StringComparison.Ordinal
            );
            Assert.Contains($"M  site/index.html  {second[..7]}  \"Sale\"", run.Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_a_lock_it_means_the_last_published_image_of_this_history()
    {
        (await LadingAsync("publish", "site", "--env", "stage")).Succeeded();
        File.Delete(Path.Combine(repository.Folder, ".lading/stage.lock.json"));
        repository.Write("site/index.html", "<h1>Sale</h1>\n");
        await repository.CommitAsync("Sale");

        var run = (await WhyAsync("site", "--from", "stage")).Succeeded();

        Assert.Contains($"(last published in stage, {first[..7]})", run.Out, StringComparison.Ordinal);
        Assert.Contains("M  site/index.html", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_whose_commit_is_not_in_this_clone_explains_itself()
    {
        await using var registry = await TestRegistry.StartAsync();
        repository.Write("lading.json", repository.Read("lading.json").Replace("127.0.0.1:1", registry.Host));
        var published = await repository.CommitAsync("A registry");
        (await LadingAsync("publish", "site", "--env", "shared")).Succeeded();
        repository.Write("site/index.html", "<h1>Sale</h1>\n").Write("site/b.html", "b\n");
        await repository.CommitAsync("Sale");
        using var clone = await repository.CloneShallowAsync();
        clone.Write(".lading/shared.lock.json", repository.Read(".lading/shared.lock.json"));

        var run = (await ToolRun.InAsync(clone.Folder, "why", "site", "--from", "shared")).Succeeded();

        Assert.Contains($"(shared, {published[..7]})", run.Out, StringComparison.Ordinal);
        Assert.Contains("A  site/b.html", run.Out, StringComparison.Ordinal);
        Assert.Contains("M  site/index.html", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            $"Commit {published[..7]} is not in this clone, so no commits are named",
            run.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_published_image_tells_what_it_was_made_from()
    {
        await using var registry = await TestRegistry.StartAsync();
        repository.Write("lading.json", repository.Read("lading.json").Replace("127.0.0.1:1", registry.Host));
        await repository.CommitAsync("A registry");
        var digest = await PublishSiteAsync("shared");

        var own = (
            await LadingAsync("why", "--image", $"shop/site@{digest}", "--env", "shared", "-o", "json")
        ).Succeeded();
        using var elsewhere = new TestFolder();
        var named = (
            await ToolRun.InAsync(elsewhere.Path, "why", "--image", $"{registry.Host}/shop/site@{digest}", "--files")
        ).Succeeded();
        var compared = (await LadingAsync("why", "site", "--from", $"{registry.Host}/shop/site@{digest}")).Succeeded();

        Assert.Equal("registry", own.Document().RootElement.GetProperty("source").GetString());
        Assert.Equal(digest, own.Document().RootElement.GetProperty("digest").GetString());
        Assert.Contains("copy       site/ → /srv/", named.Out, StringComparison.Ordinal);
        Assert.Contains("site/index.html", named.Out, StringComparison.Ordinal);
        Assert.Contains("is the same in both", compared.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explains_an_image_that_was_published_without_a_commit()
    {
        repository.Write("site/index.html", "<h1>Try</h1>\n");
        (await LadingAsync("publish", "site", "--dirty")).Succeeded();
        repository.Write("site/index.html", "<h1>Tried</h1>\n");
        await repository.CommitAsync("Tried");

        var run = (await WhyAsync("site", "--from", "lock")).Succeeded();

        Assert.Contains("(local, from an uncommitted tree)", run.Out, StringComparison.Ordinal);
        Assert.Contains("M  site/index.html", run.Out, StringComparison.Ordinal);
        Assert.Contains("has no commit, so no commits are named", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_is_held_back_has_not_changed()
    {
        repository.Write("site/index.html", "<h1>Sale</h1>\n");
        await repository.CommitAsync("Sale");
        (await LadingAsync("pin", $"site@{first}", "--reason", "No sale")).Succeeded();
        await repository.CommitAsync("Hold");

        var list = (await WhyAsync("site")).Succeeded();
        var run = (await WhyAsync("site", "--from", first)).Succeeded();

        Assert.Contains($"held at {first[..7]}", list.Out, StringComparison.Ordinal);
        Assert.Contains("is the same in both", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_statement_is_an_error_that_names_another_way()
    {
        await using var registry = await TestRegistry.StartAsync();
        var digest = await PublishedBases.PutAsync(
            registry.Store,
            "foreign",
            "1",
            "2026-01-01T00:00:00Z",
            null,
            TestContext.Current.CancellationToken
        );

        var run = (await WhyAsync("--image", $"{registry.Host}/foreign@{digest}")).Failed(FailureKind.Failed);
        var none = (await WhyAsync("--image", $"{registry.Host}/foreign@{One}")).Failed(FailureKind.Failed);

        Assert.Contains("it carries no statement of it", run.Error, StringComparison.Ordinal);
        Assert.Contains("lading why <image> --from <revision>", run.Error, StringComparison.Ordinal);
        Assert.Contains("there is no such image", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shallow_clone_says_that_commits_may_be_missing()
    {
        repository.Write("site/index.html", "<h1>Sale</h1>\n");
        await repository.CommitAsync("Sale");
        repository.Write("site/index.html", "<h1>Sold</h1>\n");
        await repository.CommitAsync("Sold");
        using var clone = await repository.CloneShallowAsync();
        await clone.GitAsync("fetch", "--quiet", "--deepen", "1");

        var run = (await ToolRun.InAsync(clone.Folder, "why", "site", "--from", "HEAD~1")).Succeeded();
        var far = (await ToolRun.InAsync(clone.Folder, "why", "site", "--from", first)).Failed(FailureKind.Usage);

        Assert.Contains("\"Sold\"", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Sale\"", run.Out, StringComparison.Ordinal);
        Assert.Contains("This clone is shallow: commits may be missing.", run.Error, StringComparison.Ordinal);
        Assert.Contains("git fetch --unshallow", far.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_moved_is_not_a_change()
    {
        await repository.GitAsync("mv", "web", "shop");
        repository.Write(
            "lading.json",
            repository.Read("lading.json").Replace("\"web\"", "\"shop\"").Replace("\"shop\": {", "\"web\": {")
        );
        await repository.CommitAsync("Move");

        Assert.Contains(
            "is the same in both",
            (await WhyAsync("web", "--from", first)).Succeeded().Out,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("why: no image is named. Run 'lading why site', or")]
    [InlineData("why wob: Did you mean web? Valid: site, web.", "wob")]
    [InlineData(
        "why: neither a commit in this clone nor an environment of lading.json. Did you mean stage?",
        "web",
        "--from",
        "stge"
    )]
    [InlineData("why: nothing of HEAD's history is published", "web", "--from", "lock")]
    [InlineData(
        "why: --image and a name exclude each other. To compare a published image, run 'lading why web --from",
        "web",
        "--image",
        "a@b"
    )]
    [InlineData(
        "why: --image and --from exclude each other. To compare a published image, run 'lading why site --from",
        "--from",
        "HEAD",
        "--image",
        "a@b"
    )]
    [InlineData("why: this is not an image reference", "--image", "A@b")]
    public async Task A_question_without_an_answer_says_what_to_do(string expected, params string[] arguments)
    {
        var run = await WhyAsync(arguments);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(
            expected[(expected.IndexOf(':', StringComparison.Ordinal) + 2)..],
            run.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Names_and_messages_cannot_control_the_terminal()
    {
        repository.Write("web/a\nb", "b\n").Write("web/\u001b[2Jc", "c\n");
        await repository.CommitAsync("More \u001b[31mred");
        repository.Write("web/\u001b[2Jc", "changed\n");

        var why = (await WhyAsync("web", "--from", first)).Succeeded();
        var publish = await LadingAsync("publish", "web");

        Assert.Contains(@"  A  web/a\x0ab ", why.Out, StringComparison.Ordinal);
        Assert.Contains(@"""More \x1b[31mred""", why.Out, StringComparison.Ordinal);
        Assert.Contains(@"      M web/\x1b[2Jc", publish.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', why.Out + publish.Error);
    }

    [Fact]
    public async Task A_submodule_with_uncommitted_changes_is_read_at_its_commit()
    {
        using var inner = await TestRepository.CreateAsync();
        inner.Write("x", "x\n");
        await inner.CommitAsync("Inner");
        await repository.GitAsync(
            "-c",
            "protocol.file.allow=always",
            "submodule",
            "--quiet",
            "add",
            inner.Folder,
            "web/sub"
        );
        await repository.CommitAsync("A submodule");
        var before = (await WhyAsync("web")).Succeeded();
        repository.Write("web/sub/x", "changed\n");

        var open = (await WhyAsync("web")).Succeeded();

        Assert.Equal(before.Out, open.Out);
        Assert.Empty(before.Error);
        Assert.Contains("the submodule web/sub has uncommitted changes", open.Error, StringComparison.Ordinal);
        Assert.Contains("is the same in both", (await WhyAsync("web", "--from", "HEAD")).Succeeded().Out);
    }

    private async Task<string> PublishSiteAsync(string environment)
    {
        var run = (await LadingAsync("publish", "site", "--env", environment, "-o", "json")).Succeeded();
        return run.Document().RootElement.GetProperty("images")[0].GetProperty("digest").GetString()!;
    }

    private static string CommitsOf(JsonElement change) =>
        string.Join(
            ' ',
            change.GetProperty("commits").EnumerateArray().Select(commit => commit.GetProperty("id").GetString()![..7])
        );

    private Task<ToolRun> WhyAsync(params IReadOnlyList<string> arguments) => LadingAsync(["why", .. arguments]);

    private Task<ToolRun> LadingAsync(params IReadOnlyList<string> arguments) =>
        ToolRun.InAsync(repository.Folder, arguments);

    private static string Pins(string digest) =>
        $$"""{ "basesVersion": 1, "bases": { "{{Base}}": { "digest": "{{digest}}", "onBuild": false } } }""";

    private static string Configuration(string platform, string argument, string more) =>
        $$"""
            {
              "project": "shop",
              "images": {
                "web": { "context": "web", {{more}} "args": { "V": "{{argument}}" }, "secrets": { "npmrc": { "env": "NPMRC" } }, "platforms": ["{{platform}}"] },
                "site": { "assemble": { "base": "scratch", "copy": { "site/": "/srv/" } } }
              },
              "environments": { "stage": { "registry": "embedded" }, "shared": { "registry": "127.0.0.1:1" } }
            }
            """;
}
