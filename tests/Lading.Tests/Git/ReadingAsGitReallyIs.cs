using System.Runtime.Versioning;
using System.Text;
using Lading.Configuration;
using Lading.Context;
using Lading.Fingerprints;
using Lading.Git;
using Lading.Testing;
using Lading.Tests.Fingerprints;

namespace Lading.Tests.Git;

/// <summary>
/// What git can store, and how clones can be set up: identities and contexts are right, or an error says why not.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReadingAsGitReallyIs : IAsyncLifetime
{
    private const string Configuration = """{ "project": "p", "images": { "web": { "context": "src" } } }""";
    private readonly TestFolder folder = new();
    private TestRepository? repository;

    private TestRepository Repository => repository!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        repository
            .Write("lading.json", Configuration)
            .Write("src/Dockerfile", "FROM scratch\nCOPY . /\n")
            .Write("src/a", "a\n");
        await repository.CommitAsync("Files");
    }

    public ValueTask DisposeAsync()
    {
        Repository.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_LFS_file_counts_by_its_pointer_and_is_built_with_its_bytes()
    {
        var pointer = await AddLargeFileAsync("large bytes\n", isHere: true);

        var (image, written) = await CheckOutAsync();

        Assert.Equal("large bytes\n", written["large.bin"]);
        Assert.Equal(pointer, written["pointer-without-attribute"]);
        Assert.Equal("small, and no pointer\n", written["small.bin"]);
        var id = await Repository.GitAsync("rev-parse", "HEAD:src/large.bin");
        Assert.Contains(
            ((BuiltInputs)image.Inputs).Files.List(),
            file => file.Path == "large.bin" && file.Id.ToString() == id
        );
    }

    [Fact]
    public async Task An_LFS_file_missing_from_the_clone_is_an_error_with_a_remedy()
    {
        await AddLargeFileAsync("large bytes\n", isHere: false);

        var failure = await Assert.ThrowsAsync<LadingException>(() => CheckOutAsync());

        Assert.Contains("Could not write src/large.bin, which Git LFS keeps", failure.Message);
        Assert.Contains("(12 B) is not in this clone", failure.Message);
        Assert.Contains("git lfs fetch --include \"src/large.bin\"", failure.Message);
    }

    [Fact]
    public async Task A_damaged_LFS_file_is_an_error()
    {
        await AddLargeFileAsync("large bytes\n", isHere: true);
        var place = Directory.GetFiles(Path.Combine(Repository.Folder, ".git/lfs"), "*", SearchOption.AllDirectories);
        await File.WriteAllTextAsync(Assert.Single(place), "other bytes\n", Cancelled);

        Assert.Contains("is damaged", (await Assert.ThrowsAsync<LadingException>(() => CheckOutAsync())).Message);
    }

    [Fact]
    public async Task A_file_under_another_filter_is_an_error_that_names_it()
    {
        Repository
            .Write(".gitattributes", "*.key filter=git-crypt diff=git-crypt\n")
            .Write("src/deep/my.key", "secret\n");
        await Repository.CommitAsync("A key");

        var failure = await Assert.ThrowsAsync<LadingException>(() => CheckOutAsync());

        Assert.Contains("src/deep/my.key is under the git filter 'git-crypt'", failure.Message);
        Repository.Write("src/.dockerignore", "**/*.key\n");
        await Repository.CommitAsync("Kept out");
        Assert.Contains("a", (await CheckOutAsync()).Written.Keys);
    }

    [Fact]
    public async Task The_line_endings_of_a_clone_do_not_matter()
    {
        Repository
            .Write(".gitattributes", "*.txt text eol=crlf ident\n*.u16 working-tree-encoding=UTF-16\n")
            .Write("src/x.txt", "one\ntwo $Id$\n");
        await Repository.CommitAsync("Text");
        var before = await CheckOutAsync();
        await Repository.GitAsync("config", "core.autocrlf", "true");
        await Repository.GitAsync("rm", "--quiet", "--cached", "-r", ".");
        await Repository.GitAsync("reset", "--quiet", "--hard");

        var after = await CheckOutAsync();

        Assert.Contains("\r\n", Repository.Read("src/x.txt"));
        Assert.Equal("one\ntwo $Id$\n", after.Written["x.txt"]);
        Assert.Equal(before.Image.Fingerprint, after.Image.Fingerprint);
        Assert.Empty(after.Image.Changes);
    }

    [Fact]
    public async Task Files_that_archives_omit_are_inputs_too()
    {
        Repository.Write(".gitattributes", "src/a export-ignore\nsrc/s export-subst\n").Write("src/s", "$Format:%H$\n");
        await Repository.CommitAsync("Attributes");

        var (_, written) = await CheckOutAsync();

        Assert.Equal("a\n", written["a"]);
        Assert.Equal("$Format:%H$\n", written["s"]);
    }

    [Fact]
    public async Task Names_may_contain_spaces_and_line_breaks()
    {
        Repository.Write("src/a b/ c\nd\t\"é\\", "odd\n").Write("src/a\nb/.gitattributes", "x filter=lfs\n");
        await Repository.CommitAsync("Odd names");

        var (image, written) = await CheckOutAsync();

        Assert.Equal("odd\n", written["a b/ c\nd\t\"é\\"]);
        Repository.Write("src/a b/ c\nd\t\"é\\", "changed\n");
        Assert.Equal(["src/a b/ c\nd\t\"é\\"], (await WebAsync()).Changes.Select(change => change.What));
        Assert.NotEqual(image.Fingerprint, (await WebAsync(uncommitted: true)).Fingerprint);
    }

    [Fact]
    public async Task A_worktree_without_its_repository_is_reported_as_such()
    {
        using var elsewhere = new TestFolder();
        var worktree = elsewhere.Combine("worktree");
        await Repository.GitAsync("worktree", "add", "--quiet", "--detach", worktree);
        Directory.Move(Path.Combine(Repository.Folder, ".git"), Path.Combine(Repository.Folder, "moved"));

        var failure = await Assert.ThrowsAsync<LadingException>(async () =>
        {
            var repository = await GitRepository.FindAsync(worktree, Cancelled);
            await repository.GetStatusAsync(Cancelled);
        });

        Assert.StartsWith(
            "this folder is a worktree or submodule, but its repository no longer exists: ",
            failure.CameBack
        );
        Assert.DoesNotContain("git init", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_commit_at_HEAD_is_not_mistaken_for_a_repository_without_commits()
    {
        var head = await Repository.GitAsync("rev-parse", "HEAD");
        File.Delete(Path.Combine(Repository.Folder, ".git/objects", head[..2], head[2..]));

        var failure = await Assert.ThrowsAsync<LadingException>(() => Repository.IdentitiesAsync());

        Assert.Contains(
            $"HEAD is {head}, and the repository does not have that object",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_tree_with_paths_outside_its_folder_is_not_written()
    {
        var git = new GitProgram(Repository.Folder);
        var blob = await Repository.GitAsync("rev-parse", "HEAD:src/a");
        var attributes = await MakeTreeAsync($"100644 blob {blob}\t.gitattributes\n100644 blob {blob}\tx\n");
        var folder = await MakeTreeAsync(
            $"040000 tree {attributes}\t..\n" + await Repository.GitAsync("ls-tree", "HEAD:src") + "\n"
        );
        var top = await MakeTreeAsync(
            $"040000 tree {folder}\tsrc\n100644 blob {await Repository.GitAsync("rev-parse", "HEAD:lading.json")}\tlading.json\n"
        );
        await Repository.GitAsync("update-ref", "HEAD", await Repository.GitAsync("commit-tree", top, "-m", "Out"));

        var failure = await Assert.ThrowsAsync<LadingException>(() => CheckOutAsync("HEAD"));

        Assert.Contains("it leads out of its folder", failure.Message, StringComparison.Ordinal);

        async Task<string> MakeTreeAsync(string lines) =>
            (await git.RunAsync("Could not make a tree", Encoding.UTF8.GetBytes(lines), ["mktree"], Cancelled)).Text;
    }

    [Fact]
    public async Task A_name_that_is_not_UTF_8_counts_and_can_be_excluded()
    {
        var blob = await Repository.GitAsync("rev-parse", "HEAD:src/a");
        var line = Encoding.Latin1.GetBytes($"100644 {blob}\tsrc/caf\u00e9\n");
        var git = new GitProgram(Repository.Folder);
        await git.RunAsync("Could not add", line, ["update-index", "--add", "--index-info"], Cancelled);
        await Repository.GitAsync("commit", "--quiet", "--message", "Latin");
        var before = (await Repository.IdentitiesAsync(revision: "HEAD"))[0];

        var failure = await Assert.ThrowsAsync<LadingException>(() => CheckOutAsync("HEAD"));

        Assert.Contains("a path that cannot be a file here", failure.Message);
        Assert.Equal(3, before.Inputs.FileCount);
        Repository.Write("src/.dockerignore", "caf?\n");
        await Repository.GitAsync("add", "src/.dockerignore");
        await Repository.GitAsync("commit", "--quiet", "--message", "Kept out");
        Assert.Contains("a", (await CheckOutAsync("HEAD")).Written.Keys);
    }

    [Fact]
    public void Names_that_differ_only_in_case_are_detected()
    {
        static TreeEntry File(string path) => new(EntryMode.File, ObjectId.Parse(new string('1', 40)), path);

        Assert.Null(CleanCheckout.FindClash([File("a/b"), File("a/c"), File("d")]));
        Assert.Equal(("a/b", "a/B"), CleanCheckout.FindClash([File("a/b"), File("a/B")]));
        Assert.Equal(("a", "A"), CleanCheckout.FindClash([File("a/b"), File("A/c")]));
        Assert.Equal(("a", "A"), CleanCheckout.FindClash([File("a"), File("A/c")]));
    }

    [Fact]
    public async Task A_submodule_counts_by_its_commit_and_is_built_with_its_files()
    {
        using var inner = await TestRepository.CreateAsync();
        inner.Write("lib/x.c", "first\n").Write("lib/x.md", "kept out\n");
        await inner.CommitAsync("First");
        await Repository.GitAsync(
            "-c",
            "protocol.file.allow=always",
            "submodule",
            "--quiet",
            "add",
            inner.Folder,
            "src/sub"
        );
        Repository.Write("src/.dockerignore", "**/*.md\n");
        await Repository.CommitAsync("A submodule");
        var before = await CheckOutAsync();
        Assert.Equal("first\n", before.Written["sub/lib/x.c"]);
        Assert.DoesNotContain("sub/lib/x.md", before.Written.Keys);

        inner.Write("lib/x.c", "second\n");
        await inner.CommitAsync("Second");
        await Repository.GitAsync("-C", "src/sub", "-c", "protocol.file.allow=always", "pull", "--quiet");
        Assert.Equal(["M src/sub"], (await WebAsync()).Changes.Select(change => $"{change.Kind} {change.What}"));
        Assert.Equal("first\n", (await CheckOutAsync()).Written["sub/lib/x.c"]);
        await Repository.CommitAsync("Moved");
        var after = await CheckOutAsync();

        Assert.NotEqual(before.Image.Fingerprint, after.Image.Fingerprint);
        Assert.Equal("second\n", after.Written["sub/lib/x.c"]);
        Assert.Empty(after.Image.OpenSubmodules);
        Repository.Write("src/sub/lib/x.c", "third\n");
        Assert.Equal(["M src/sub"], (await WebAsync()).Changes.Select(change => $"{change.Kind} {change.What}"));
        var read = await ReadAsync();
        Assert.Equal((after.Image.Fingerprint, 0), (read.Fingerprint, read.Changes.Count));
        Assert.Equal(["src/sub"], read.OpenSubmodules);
        Assert.Contains(
            "the submodule src/sub has uncommitted changes",
            (await Assert.ThrowsAsync<LadingException>(() => WebAsync(uncommitted: true))).Message
        );
        await Repository.GitAsync("submodule", "--quiet", "deinit", "--force", "src/sub");
        var failure = await Assert.ThrowsAsync<LadingException>(() => CheckOutAsync());
        Assert.Contains("git submodule update --init src/sub", failure.Message);
    }

    [Fact]
    public async Task A_sparse_checkout_has_the_identities_of_a_full_one()
    {
        var whole = (await WebAsync()).Fingerprint;
        await Repository.GitAsync("sparse-checkout", "set", "--no-cone", "/lading.json");

        var (image, written) = await CheckOutAsync();

        Assert.False(File.Exists(Path.Combine(Repository.Folder, "src/a")));
        Assert.Equal((whole, 0), (image.Fingerprint, image.Changes.Count));
        Assert.Equal("a\n", written["a"]);
        Repository.Write("new", "elsewhere\n");
        Assert.Equal(whole, (await WebAsync(uncommitted: true)).Fingerprint);
    }

    [Fact]
    public async Task A_partial_clone_fetches_what_it_builds_and_no_more()
    {
        await Repository.GitAsync("config", "uploadpack.allowFilter", "true");
        await Repository.GitAsync("config", "uploadpack.allowAnySHA1InWant", "true");
        var clone = folder.Combine("clone");
        await Repository.GitAsync(
            "clone",
            "--quiet",
            "--no-checkout",
            "--filter=blob:none",
            $"file://{Repository.Folder}",
            clone
        );
        await Repository.GitAsync("-C", clone, "checkout", "--quiet", "HEAD", "--", "lading.json");

        var image = (await IdentitiesAsync(clone, "HEAD"))[0];

        Assert.Equal((await WebAsync()).Fingerprint, image.Fingerprint);
        Assert.Equal("a\n", (await CheckOutAsync("HEAD", clone)).Written["a"]);
    }

    [Fact]
    public async Task A_worktree_and_a_shallow_clone_have_the_same_identities()
    {
        Repository.Write("src/a", "second\n");
        await Repository.CommitAsync("Second");
        await Repository.GitAsync("worktree", "add", "--quiet", folder.Combine("linked"));
        using var shallow = await Repository.CloneShallowAsync();
        var expected = (await WebAsync()).Fingerprint;

        Assert.Equal(expected, (await IdentitiesAsync(folder.Combine("linked"), null))[0].Fingerprint);
        Assert.Equal(expected, (await shallow.IdentitiesAsync())[0].Fingerprint);
    }

    [Fact]
    public async Task A_SHA_256_repository_has_identities_and_contexts()
    {
        var place = folder.Combine("sha256");
        await Repository.GitAsync("init", "--quiet", "--object-format=sha256", place);
        foreach (var path in new[] { "lading.json", "src/Dockerfile", "src/a" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(place, path))!);
            File.Copy(Path.Combine(Repository.Folder, path), Path.Combine(place, path));
        }

        File.CreateSymbolicLink(Path.Combine(place, "src/link"), "a");
        await Repository.GitAsync("-C", place, "add", "--all");
        await Repository.GitAsync("-C", place, "commit", "--quiet", "--message", "Files");

        var (image, written) = await CheckOutAsync(null, place);

        Assert.All(((BuiltInputs)image.Inputs).Files.List(), file => Assert.Equal(64, file.Id.HexLength));
        Assert.Equal("a\n", written["a"]);
        await File.WriteAllTextAsync(Path.Combine(place, "src/a"), "changed\n", Cancelled);
        Assert.NotEqual(image.Fingerprint, (await IdentitiesAsync(place, null, uncommitted: true))[0].Fingerprint);
    }

    [Fact]
    public async Task An_index_that_another_process_has_locked_is_still_read()
    {
        var before = (await WebAsync()).Fingerprint;
        Repository.Write("src/a", "changed\n").Write(".git/index.lock", "");

        var image = await WebAsync();
        var dirty = await WebAsync(uncommitted: true);

        Assert.Equal(before, image.Fingerprint);
        Assert.Equal(["src/a"], image.Changes.Select(change => change.What));
        Assert.NotEqual(before, dirty.Fingerprint);
        Assert.Equal("", Repository.Read(".git/index.lock"));
    }

    [Fact]
    public async Task A_hostile_repository_runs_nothing()
    {
        using var inner = await TestRepository.CreateAsync();
        inner.Write(".gitattributes", "* filter=evil\n").Write("x", "x\n");
        await inner.CommitAsync("Inner");
        await Repository.GitAsync(
            "-c",
            "protocol.file.allow=always",
            "submodule",
            "--quiet",
            "add",
            inner.Folder,
            "src/sub"
        );
        Repository.Write(".gitattributes", "* filter=evil diff=evil\nsrc/b filter=e=vil\nsrc/c filter=lfs\n");
        await Repository.CommitAsync("Attributes");
        var mark = folder.Combine("mark");
        var script = folder.Combine("script");
        await File.WriteAllTextAsync(script, $"#!/bin/sh\necho \"$0 $*\" >> '{mark}'\nexec cat\n", Cancelled);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string[] keys =
        [
            .. (string[])["core.fsmonitor", "core.hooksPath", "core.pager", "core.editor", "core.sshCommand"],
            .. (string[])["core.alternateRefsCommand", "core.askPass", "diff.external", "diff.evil.textconv"],
            .. (string[])["diff.evil.command", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process"],
            .. (string[])
                ["filter.e=vil.clean", "filter.lfs.clean", "filter.lfs.process", "gpg.program", "alias.status"],
            .. (string[])["credential.helper", "pager.status", "sequence.editor", "uploadpack.packObjectsHook"],
        ];
        var config = new StringBuilder();
        foreach (var key in keys)
        {
            var (first, last) = (key.IndexOf('.'), key.LastIndexOf('.'));
            var section = first == last ? $"[{key[..first]}]" : $"[{key[..first]} \"{key[(first + 1)..last]}\"]";
            config.Append($"{section}\n\t{key[(last + 1)..]} = {script}\n");
        }

        config.Append(
            "[filter \"evil\"]\n\trequired = true\n[include]\n\tpath = more\n[status]\n\tsubmoduleSummary = true\n"
        );
        await File.AppendAllTextAsync(Path.Combine(Repository.Folder, ".git/config"), config.ToString(), Cancelled);
        await File.AppendAllTextAsync(
            Path.Combine(Repository.Folder, ".git/modules/src/sub/config"),
            config.ToString(),
            Cancelled
        );
        Repository.Write(".git/more", $"[filter \"more\"]\n\tclean = {script}\n");
        foreach (
            var hook in new[] { "post-index-change", "reference-transaction", "post-checkout", "fsmonitor-watchman" }
        )
        {
            File.Copy(script, Path.Combine(Repository.Folder, ".git/hooks", hook));
        }

        // Rewritten immediately, so that git has to read the content.
        Repository.Write("src/a", "b\n").Write("src/b", "new\n").Write("src/d", "new\n").Write("src/sub/x", "x\n");
        Repository.Write("src/Dockerfile", "FROM scratch\nCOPY . / \n");

        var image = await WebAsync();
        var dirty = await WebAsync(uncommitted: true);

        Assert.Contains("src/a", image.Changes.Select(change => change.What));
        Assert.NotEqual(image.Fingerprint, dirty.Fingerprint);
        await Assert.ThrowsAsync<LadingException>(() => CheckOutAsync());
        Assert.False(File.Exists(mark), File.Exists(mark) ? await File.ReadAllTextAsync(mark, Cancelled) : "");
    }

    private async Task<string> AddLargeFileAsync(string content, bool isHere)
    {
        var hash = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(content))
        );
        var pointer = $"version https://git-lfs.github.com/spec/v1\noid sha256:{hash}\nsize {content.Length}\n";
        Repository
            .Write("src/.gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n")
            .Write("src/large.bin", pointer)
            .Write("src/small.bin", "small, and no pointer\n")
            .Write("src/pointer-without-attribute", pointer);
        if (isHere)
        {
            Repository.Write($".git/lfs/objects/{hash[..2]}/{hash[2..4]}/{hash}", content);
        }

        await Repository.CommitAsync("A large file");
        return pointer;
    }

    /// <summary>The identity as read by somebody who does not build the image.</summary>
    private async Task<ImageIdentity> ReadAsync()
    {
        var request = new SnapshotRequest([], Uncommitted: true) { IsForReading = true };
        await using var sources = await OpenAsync(Repository.Folder, request);
        return sources.Images[0];
    }

    private async Task<ImageIdentity> WebAsync(bool uncommitted = false) =>
        (await Repository.IdentitiesAsync(uncommitted: uncommitted))[0];

    private async Task<IReadOnlyList<ImageIdentity>> IdentitiesAsync(
        string place,
        string? revision,
        bool uncommitted = false
    )
    {
        await using var sources = await OpenAsync(place, new SnapshotRequest([], revision, uncommitted));
        return sources.Images;
    }

    /// <summary>Writes the context as a build would, and reads it back.</summary>
    private async Task<(ImageIdentity Image, Dictionary<string, string> Written)> CheckOutAsync(
        string? revision = null,
        string? place = null
    )
    {
        await using var sources = await OpenAsync(place ?? Repository.Folder, new SnapshotRequest([], revision));
        var image = sources.Images[0];
        var inputs = (BuiltInputs)image.Inputs;
        var files = new RepositoryFiles(sources.Repository, sources.Objects, image.Root, folder.Combine("scratch"));
        var to = folder.Combine("context");
        await files.WriteAsync("src/", inputs.Files.List(), inputs.Files.Covers, to, Cancelled);
        var written = Directory
            .EnumerateFiles(to, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(to, path), File.ReadAllText);
        return (image, written);
    }

    private async Task<ProjectSnapshot> OpenAsync(string place, SnapshotRequest request)
    {
        var file = ConfigurationFile.Get(place);
        return await ProjectSnapshot.OpenAsync(
            new ProjectFolder(file.Folder, await file.ReadAsync(Cancelled)),
            request,
            folder.Combine("objects"),
            Cancelled
        );
    }
}
