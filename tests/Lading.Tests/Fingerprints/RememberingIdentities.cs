using System.Runtime.Versioning;
using System.Text;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Fingerprints.Remembered;
using Lading.Oci;
using Lading.Testing;

namespace Lading.Tests.Fingerprints;

/// <summary>
/// A remembered identity equals the one that would be computed, and nobody else can plant one (docs/fingerprint.md,
/// "Remembered identities").
/// </summary>
public sealed class RememberingIdentities : IAsyncLifetime
{
    private readonly TestFolder state = new();
    private TestRepository? repository;

    private TestRepository Repository => repository!;

    private string CacheFile => Path.Combine(Repository.Folder, ".lading", "cache", "identities");

    private string KeyFile => state.Combine("identities.key");

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        Repository
            .Write(
                "lading.json",
                """
                { "project": "p", "images": {
                    "web": { "context": "app" },
                    "files": { "assemble": { "sources": ["static/"], "base": "scratch", "copy": { "static/": "/srv/" } } },
                    "proxy": { "from": "docker.io/library/envoy:1" } } }
                """
            )
            .Write("app/Dockerfile", "FROM scratch\nCOPY src /srv\n")
            .Write("app/src/main.c", "main\n")
            .Write("app/other", "not read\n")
            .Write("static/index.html", "<p>\n");
        await Repository.CommitAsync("one");
    }

    public ValueTask DisposeAsync()
    {
        Repository.Dispose();
        state.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_second_reading_reuses_what_the_first_computed()
    {
        var first = await ReadAsync();
        var second = await ReadAsync();

        Assert.All(first, image => Assert.Null(image.Inputs.Recalled));
        Assert.Equal(["files", "web"], RecalledOf(second));
        Assert.Equal(first.Select(image => image.Fingerprint), second.Select(image => image.Fingerprint));
        Assert.Equal(first.Select(image => image.Inputs.FileCount), second.Select(image => image.Inputs.FileCount));
    }

    [Fact]
    public async Task Reads_and_compares_what_a_build_needs()
    {
        var first = await ReadAsync();
        var remembered = await OpenAsync();
        await using (remembered)
        {
            var whole = new List<ImageIdentity>();
            foreach (var image in remembered.Images)
            {
                whole.Add(await image.WithFilesAsync(Cancelled));
            }

            Assert.All(whole, image => Assert.Null(image.Inputs.Recalled));
            Assert.Equal(first.Select(image => image.Fingerprint), whole.Select(image => image.Inputs.Fingerprint()));
            Assert.Equal(remembered.Images.Select(image => image.Commit), whole.Select(image => image.Commit));
        }
    }

    [Fact]
    public async Task Unread_files_cannot_be_mistaken_for_none()
    {
        await ReadAsync();
        var images = await ReadAsync();

        Assert.Throws<InvalidOperationException>(() => ((BuiltInputs)images[2].Inputs).Files.List());
        Assert.Throws<InvalidOperationException>(() => ((AssembledInputs)images[0].Inputs).Files);
        Assert.Throws<InvalidOperationException>(() => images[2].Inputs.Fingerprint());
    }

    [Fact]
    public async Task A_commit_that_touches_no_image_causes_no_computation()
    {
        await ReadAsync();
        Repository.Write("README.md", "words\n");
        await Repository.CommitAsync("two");

        Assert.Equal(["files", "web"], RecalledOf(await ReadAsync()));
    }

    [Fact]
    public async Task Branches_share_what_is_remembered()
    {
        await ReadAsync();
        var first = await Repository.GitAsync("rev-parse", "HEAD");
        Repository.Write("app/src/main.c", "other\n");
        await Repository.CommitAsync("two");
        Assert.Equal(["files"], RecalledOf(await ReadAsync()));

        await Repository.GitAsync("checkout", "--quiet", first.Trim());

        Assert.Equal(["files", "web"], RecalledOf(await ReadAsync()));
    }

    [Theory]
    [InlineData("app/src/main.c", "changed\n")]
    [InlineData("app/src/new.c", "new\n")]
    [InlineData("app/Dockerfile", "FROM scratch\nCOPY . /srv\n")]
    [InlineData("app/.dockerignore", "src/main.c\n")]
    [InlineData("app/Dockerfile.dockerignore", "src/main.c\n")]
    [InlineData("lading.bases.json", """{ "basesVersion": 1, "bases": { } }""")]
    public async Task Computes_again_after_a_change_that_may_count(string path, string content)
    {
        await ReadAsync();
        Repository.Write(path, content);
        await Repository.CommitAsync("two");

        var remembered = await ReadAsync();

        Assert.Equal(await Repository.FingerprintsAsync(), Hex(remembered));
        Assert.Equal(path.StartsWith("app", StringComparison.Ordinal), !RecalledOf(remembered).Contains("web"));
    }

    [Fact]
    public async Task Attributes_of_parent_folders_never_count()
    {
        await ReadAsync();
        Repository.Write(".gitattributes", "*.c filter=lfs text\n").Write("app/.gitattributes", "* -text\n");
        await Repository.CommitAsync("two");

        Assert.Equal(await Repository.FingerprintsAsync(), Hex(await ReadAsync()));
    }

    [Fact]
    public async Task A_forged_cache_that_is_committed_is_ignored()
    {
        var genuine = Hex(await ReadAsync());
        Forge(CacheFile);
        await Repository.GitAsync("add", "--force", ".lading/cache/identities");
        await Repository.CommitAsync("two");

        var read = await ReadAsync();

        Assert.Equal(genuine, Hex(read));
        Assert.Empty(RecalledOf(read));
    }

    [Fact]
    public async Task A_genuine_cache_that_is_committed_is_ignored()
    {
        await ReadAsync();
        await Repository.GitAsync("add", "--force", ".lading/cache/identities");
        await Repository.CommitAsync("two");

        Assert.Empty(RecalledOf(await ReadAsync()));
    }

    [Fact]
    public async Task A_tampered_entry_is_ignored_and_replaced()
    {
        var genuine = Hex(await ReadAsync());
        Forge(CacheFile);

        var read = await ReadAsync();

        Assert.Equal(genuine, Hex(read));
        Assert.Empty(RecalledOf(read));
        Assert.Equal(["files", "web"], RecalledOf(await ReadAsync()));
    }

    [Fact]
    public async Task An_entry_is_not_used_for_another_image()
    {
        var genuine = Hex(await ReadAsync());
        var lines = await File.ReadAllLinesAsync(CacheFile, Cancelled);
        Assert.Equal(2, lines.Length);
        // The traces stay; what follows them is swapped.
        await File.WriteAllLinesAsync(
            CacheFile,
            [lines[0][..64] + lines[1][64..], lines[1][..64] + lines[0][64..]],
            Cancelled
        );

        var read = await ReadAsync();

        Assert.Equal(genuine, Hex(read));
        Assert.Empty(RecalledOf(read));
    }

    [Fact]
    public async Task Without_the_key_nothing_is_remembered()
    {
        await ReadAsync();
        File.Delete(KeyFile);

        Assert.Empty(RecalledOf(await ReadAsync()));
        Assert.Equal(["files", "web"], RecalledOf(await ReadAsync()));
    }

    [Fact]
    public async Task A_key_in_the_checkout_is_not_used()
    {
        var within = Path.Combine(Repository.Folder, "state");
        await ReadAsync(stateFolder: within);
        Assert.Empty(RecalledOf(await ReadAsync(stateFolder: within)));
        Assert.False(Path.Exists(within));

        Directory.CreateDirectory(within);
        File.Copy(await KeyAsync(), Path.Combine(within, "identities.key"));
        Assert.Empty(RecalledOf(await ReadAsync(stateFolder: within)));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_file_that_others_may_write_or_a_key_that_they_may_read_is_not_used()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
        }

        await ReadAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(CacheFile));

        File.SetUnixFileMode(KeyFile, File.GetUnixFileMode(KeyFile) | UnixFileMode.GroupRead);
        Assert.Empty(RecalledOf(await ReadAsync()));
        Assert.Equal(["files", "web"], RecalledOf(await ReadAsync()));

        File.SetUnixFileMode(CacheFile, File.GetUnixFileMode(CacheFile) | UnixFileMode.OtherWrite);
        Assert.Empty(RecalledOf(await ReadAsync()));
        Assert.Equal(["files", "web"], RecalledOf(await ReadAsync()));

        var folder = Path.GetDirectoryName(CacheFile)!;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupWrite);
        Assert.Empty(RecalledOf(await ReadAsync()));
        Assert.Empty(RecalledOf(await ReadAsync()));
    }

    [Fact]
    public async Task Leaves_a_folder_outside_the_checkout_alone()
    {
        using var elsewhere = new TestFolder();
        Directory.CreateSymbolicLink(Path.Combine(Repository.Folder, ".lading"), elsewhere.Path);

        await ReadAsync();

        Assert.Empty(RecalledOf(await ReadAsync()));
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere.Path));
    }

    [Fact]
    public async Task Replaced_objects_are_read_each_time()
    {
        var before = Hex(await ReadAsync());
        var old = (await Repository.GitAsync("rev-parse", "HEAD:app/src")).Trim();
        Repository.Write("app/src/main.c", "replaced\n");
        await Repository.CommitAsync("two");
        var now = (await Repository.GitAsync("rev-parse", "HEAD:app/src")).Trim();
        await Repository.GitAsync("checkout", "--quiet", "HEAD~");
        await Repository.GitAsync("replace", old, now);

        var replaced = await ReadAsync();

        Assert.Empty(RecalledOf(replaced));
        Assert.Equal(await Repository.FingerprintsAsync(), Hex(replaced));
        Assert.NotEqual(before["web"], Hex(replaced)["web"]);

        await Repository.GitAsync("pack-refs", "--all");
        Assert.Empty(RecalledOf(await ReadAsync()));
    }

    [Fact]
    public async Task The_cache_does_not_grow_without_bound()
    {
        await ReadAsync();
        var line = (await File.ReadAllLinesAsync(CacheFile, Cancelled))[0];
        var many = Enumerable.Range(0, 5000).Select(i => i.ToString("x64", null) + line[64..]);
        await File.AppendAllLinesAsync(CacheFile, many, Cancelled);
        Repository.Write("app/src/main.c", "changed\n");
        await Repository.CommitAsync("two");

        await ReadAsync();

        Assert.InRange((await File.ReadAllLinesAsync(CacheFile, Cancelled)).Length, 3, 3);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(CacheFile)!));
    }

    [Fact]
    public void The_oldest_entries_are_dropped_first()
    {
        var identity = new RememberedIdentity(Fingerprint.Parse(new string('a', 64)), null, [1], false);
        for (var round = 0; round < 3; round++)
        {
            var memory = IdentityMemory.Open(Repository.Folder, Repository.Folder, state.Path)!;
            for (var i = 0; i < 2000; i++)
            {
                memory.Add(Trace(round, i), identity);
            }

            memory.Save();
        }

        var kept = IdentityMemory.Open(Repository.Folder, Repository.Folder, state.Path)!;
        Assert.Equal(4096, File.ReadLines(CacheFile).Count());
        Assert.Null(kept.Find(Trace(0, 0)));
        Assert.NotNull(kept.Find(Trace(1, 0)));
        Assert.NotNull(kept.Find(Trace(2, 1999)));

        static IdentityTrace Trace(int round, int number) => new(((round * 10_000) + number).ToString("x64", null));
    }

    [Fact]
    public async Task An_image_held_back_is_remembered_at_its_revision()
    {
        var held = Hex(await ReadAsync())["web"];
        var revision = (await Repository.GitAsync("rev-parse", "HEAD")).Trim();
        Repository
            .Write("app/src/main.c", "later\n")
            .Write(
                "lading.json",
                $$"""{ "project": "p", "images": { "web": { "context": "app", "hold": { "revision": "{{revision}}", "reason": "r" } } } }"""
            );
        await Repository.CommitAsync("two");

        var read = await ReadAsync();

        Assert.Equal(["web"], RecalledOf(read));
        Assert.Equal(held, Hex(read)["web"]);
        Assert.Equal(revision, read[0].Commit.ToString());
    }

    [Fact]
    public void Everything_in_a_definition_or_a_pin_is_in_the_trace()
    {
        var image = new BuiltImage
        {
            Name = "web",
            Repository = RepositoryName.Parse("p/web"),
            Context = "app",
            Dockerfile = "app/Dockerfile",
        };
        var digest = Digest.OfBytes([1]);
        ImageDefinition[] images =
        [
            image,
            image with
            {
                Context = "other",
            },
            image with
            {
                Dockerfile = "other",
            },
            image with
            {
                Target = "other",
            },
            image with
            {
                Epoch = 1,
            },
            image with
            {
                Platforms = [Platform.LinuxArm64],
            },
            image with
            {
                Args = Map("A", "1"),
            },
            image with
            {
                Args = Map("A", "2"),
            },
            // Not part of a fingerprint, but a path that is copied may use it.
            image with
            {
                Args = Map("http_proxy", "1"),
            },
            image with
            {
                Args = Map("http_proxy", "2"),
            },
            image with
            {
                Ssh = ["default"],
            },
            image with
            {
                Contexts = Map("lib", "lib"),
            },
            image with
            {
                Secrets = new Dictionary<string, BuildSecret> { ["key"] = new BuildSecret("KEY", null) },
            },
        ];
        BasePins[] pins =
        [
            BasePins.None,
            Pinned(new BasePin(digest, null)),
            Pinned(new BasePin(Digest.OfBytes([2]), null)),
            Pinned(new BasePin(digest, OnBuild: false)),
            Pinned(new BasePin(digest, OnBuild: false, Map("A", "1")!)),
        ];

        var traces = images
            .Select(each => IdentityTrace.Of(each, BasePins.None, new RepositoryPath(""), []))
            .Concat(pins.Skip(1).Select(each => IdentityTrace.Of(image, each, new RepositoryPath(""), [])))
            .Append(IdentityTrace.Of(image, BasePins.None, new RepositoryPath("folder/"), []))
            .ToList();

        Assert.Equal(traces.Count, traces.Distinct().Count());
        Assert.Equal(
            [
                "Args",
                "Context",
                "Contexts",
                "Dockerfile",
                "Epoch",
                "Hold",
                "Name",
                "Platforms",
                "Repository",
                "Secrets",
                "Ssh",
                "Target",
            ],
            typeof(BuiltImage).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal)
        );

        static SortedDictionary<string, string> Map(string name, string value) =>
            new(StringComparer.Ordinal) { [name] = value };

        static BasePins Pinned(BasePin pin) =>
            new(new Dictionary<string, BasePin>(StringComparer.Ordinal) { ["docker.io/library/busybox:1"] = pin });
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Dictionary<string, string> Hex(IEnumerable<ImageIdentity> images) =>
        images.ToDictionary(image => image.Name, image => image.Fingerprint.Hex);

    private static List<string> RecalledOf(IEnumerable<ImageIdentity> images) =>
        [.. images.Where(image => image.Inputs.Recalled is not null).Select(image => image.Name)];

    /// <summary>Makes each entry give another fingerprint.</summary>
    private static void Forge(string file)
    {
        var lines = File.ReadAllLines(file);
        Assert.NotEmpty(lines);
        File.WriteAllText(
            file,
            string.Concat(lines.Select(line => $"{line[..129]} {new string('f', 64)} - 1 -\n")),
            Encoding.ASCII
        );
    }

    private async Task<string> KeyAsync()
    {
        await ReadAsync();
        return KeyFile;
    }

    private async Task<IReadOnlyList<ImageIdentity>> ReadAsync(string? stateFolder = null)
    {
        var sources = await OpenAsync(stateFolder);
        await using (sources)
        {
            return sources.Images;
        }
    }

    private Task<ProjectSnapshot> OpenAsync(string? stateFolder = null) =>
        Repository.OpenSourcesAsync(stateFolder ?? state.Path);
}
