using System.Runtime.Versioning;
using Lading.Assembly;
using Lading.Configuration;
using Lading.Oci;
using Lading.Processes;
using Lading.Testing;

namespace Lading.Tests.Assembly;

[UnsupportedOSPlatform("windows")]
public sealed class AssemblingAnImage : IDisposable
{
    private static readonly string LongName = string.Concat(Enumerable.Repeat("long/", 60)) + "name.txt";

    private const string Written = "sha256:b82a3c988a14f37433493d1b53bc36b89ba4ec13ac7ae109a6c1e2f28d0968de";

    private readonly TestFolder folder = new();
    private int made;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_same_files_give_the_same_digest_wherever_and_whenever_they_were_written()
    {
        var one = Checkout(Files());
        var other = Checkout(Files().Reverse());
        foreach (var path in Directory.EnumerateFiles(other.Folder, "*", SearchOption.AllDirectories))
        {
            if (new FileInfo(path).LinkTarget is null)
            {
                File.SetLastWriteTimeUtc(path, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
                // Only the owner's execute bit counts; the rest of the mode comes from the umask.
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) & (UnixFileMode)0b111_000_000);
            }
        }

        var (first, second) = (await AssembleAsync(one), await AssembleAsync(other));

        Assert.Equal(first.Digest, second.Digest);
        // Every machine and every version gives the same bytes: this digest was recorded.
        Assert.Equal(Written, first.Digest.ToString());
    }

    [Theory]
    [InlineData("a.txt", "other\n", false)]
    [InlineData("a.txt", "a\n", true)]
    [InlineData("new.txt", "", false)]
    public async Task Another_file_or_mode_gives_another_digest(string path, string content, bool isExecutable)
    {
        var before = await AssembleAsync(Checkout(Files()));
        var checkout = Checkout(Files());
        Write(checkout.Folder, "site/" + path, content);
        if (isExecutable)
        {
            MakeExecutable(Path.Combine(checkout.Folder, "site", path));
        }

        Assert.NotEqual(before.Digest, (await AssembleAsync(checkout)).Digest);
    }

    [Fact]
    public async Task Tar_and_gzip_unpack_a_layer_to_the_original_files()
    {
        var checkout = Checkout(Files());
        var (repository, digest) = await AssembleAsync(checkout);
        var manifest = (await repository.FindManifestContentAsync(digest, Cancelled))!.Document;
        var layer = folder.Combine("layer.tar.gz");
        await using (var blob = await repository.OpenBlobAsync(manifest.Layers![0], Cancelled))
        await using (var file = File.Create(layer))
        {
            await blob.CopyToAsync(file, Cancelled);
        }

        await RunAsync("gzip", "--test", layer);
        var plain = await RunAsync("gzip", "--decompress", "--stdout", layer);
        var listing = await RunAsync(
            "tar",
            "--list",
            "--verbose",
            "--numeric-owner",
            "--utc",
            "--full-time",
            "--quoting-style=literal",
            "--file",
            layer
        );
        var unpacked = Directory.CreateDirectory(folder.Combine("unpacked")).FullName;
        await RunAsync("tar", "--extract", "--same-permissions", "--directory", unpacked, "--file", layer);

        Assert.Equal(await DiffIdAsync(repository, manifest), Digest.OfBytes(plain.Output.Span).ToString());
        Assert.Equal(0, plain.Output.Length % 512);
        Assert.Equal(
            Directory
                .EnumerateFileSystemEntries(Path.Combine(checkout.Folder, "site"), "*", SearchOption.AllDirectories)
                .Select(path => Describe(Path.Combine(checkout.Folder, "site"), path))
                .Order(StringComparer.Ordinal),
            Directory
                .EnumerateFileSystemEntries(Path.Combine(unpacked, "srv/www"), "*", SearchOption.AllDirectories)
                .Select(path => Describe(Path.Combine(unpacked, "srv/www"), path))
                .Order(StringComparer.Ordinal)
        );
        Assert.All(
            listing.Text.Split('\n'),
            line => Assert.Matches("^[-dl][rwx-]{9} 0/0 +[0-9]+ 1970-01-01 00:00:00 ", line)
        );
        Assert.Contains("drwxr-xr-x 0/0               0 1970-01-01 00:00:00 srv/\n", listing.Text);
        Assert.Contains("-rw-r--r-- 0/0               2 1970-01-01 00:00:00 srv/www/a.txt\n", listing.Text);
        Assert.Contains("-rwxr-xr-x 0/0              10 1970-01-01 00:00:00 srv/www/bin/run\n", listing.Text);
        Assert.Contains("lrwxrwxrwx 0/0               0 1970-01-01 00:00:00 srv/www/link -> bin/run\n", listing.Text);
    }

    [Fact]
    public async Task Entries_that_give_the_same_layer_are_several_layers_of_one_blob()
    {
        var checkout = Checkout([("site/a.txt", "a\n")]);
        var image = Image(("site/", "/srv/"), ("site/*", "/srv/"), ("site/**", "/srv/"));

        var (repository, digest) = await AssembleAsync(checkout, image);

        var layers = (await repository.FindManifestContentAsync(digest, Cancelled))!.Document.Layers!;
        Assert.Equal(3, layers.Count);
        Assert.Single(layers.Select(layer => layer.Digest).Distinct());
    }

    [Fact]
    public async Task Several_platforms_share_the_layers_and_are_one_index_in_byte_order()
    {
        var image = Image(("site/", "/srv/")) with
        {
            Platforms = [Platform.Parse("linux/arm64"), Platform.Parse("linux/amd64")],
        };

        var (repository, digest) = await AssembleAsync(Checkout(Files()), image);

        var index = (await repository.FindManifestContentAsync(digest, Cancelled))!;
        Assert.True(index.IsIndex);
        Assert.Equal(["linux/amd64", "linux/arm64"], index.Children.Select(child => child.Platform!.ToString()));
        var layers = new HashSet<Digest>();
        foreach (var child in index.Children)
        {
            var manifest = await repository.FindManifestContentAsync(child.Digest, Cancelled);
            layers.Add(Assert.Single(manifest!.Document.Layers!).Digest);
        }

        Assert.Single(layers);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../../outside")]
    public async Task A_link_that_points_outside_is_refused(string target)
    {
        var checkout = Checkout(Files());
        File.CreateSymbolicLink(Path.Combine(checkout.Folder, "site/evil"), target);

        var failure = await Assert.ThrowsAsync<LadingException>(() => AssembleAsync(checkout));

        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.Contains($"site/evil is a link that points outside, to {target}", failure.Message);
    }

    private static IEnumerable<(string Path, string Content)> Files() =>
        [
            ("site/a.txt", "a\n"),
            ("site/empty", ""),
            ("site/block", new string('b', 512)),
            ("site/large", string.Concat(Enumerable.Range(0, 60_000).Select(i => $"line {i * 7919 % 10_007}\n"))),
            ("site/bin/run", "#!/bin/sh\n"),
            ("site/ä b/ü.txt", "not ASCII\n"),
            ($"site/{LongName}", "deep\n"),
            ($"site/{new string('n', 99)}/{new string('m', 120)}", "long names\n"),
        ];

    private SourceCheckout Checkout(IEnumerable<(string Path, string Content)> files)
    {
        var top = Directory.CreateDirectory(folder.Combine($"checkout-{made++}")).FullName;
        foreach (var (path, content) in files)
        {
            Write(top, path, content);
        }

        if (File.Exists(Path.Combine(top, "site/bin/run")))
        {
            MakeExecutable(Path.Combine(top, "site/bin/run"));
            File.CreateSymbolicLink(Path.Combine(top, "site/link"), "bin/run");
            File.CreateSymbolicLink(Path.Combine(top, "site/long-link"), LongName);
        }

        return new SourceCheckout(top, top);
    }

    private Task<(AssembledRepository Repository, Digest Digest)> AssembleAsync(SourceCheckout checkout) =>
        AssembleAsync(checkout, Image(("site/", "/srv/www/")));

    private async Task<(AssembledRepository Repository, Digest Digest)> AssembleAsync(
        SourceCheckout checkout,
        AssembledImage image
    )
    {
        var repository = new AssembledRepository(folder.Combine($"layers-{made++}"), null);
        return (repository, await ImageAssembler.AssembleAsync(image, checkout, null, repository, Cancelled));
    }

    private static AssembledImage Image(params IReadOnlyList<(string From, string To)> copy) =>
        new()
        {
            Name = "site",
            Repository = RepositoryName.Parse("shop/site"),
            Sources = [],
            Base = "scratch",
            Copy = [.. copy.Select(entry => new CopyEntry(entry.From, entry.To))],
            Env = new Dictionary<string, string> { ["B"] = "b", ["A"] = "a" },
            Entrypoint = ["/srv/serve"],
            Ports = ["80/tcp"],
            Labels = new Dictionary<string, string> { ["z"] = "1", ["a"] = "2" },
        };

    private static void Write(string top, string path, string content)
    {
        var full = Path.Combine(top, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }

    private static void MakeExecutable(string path) =>
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);

    private static string Describe(string root, string path)
    {
        var name = Path.GetRelativePath(root, path);
        return new FileInfo(path).LinkTarget is { } target ? $"{name} -> {target}"
            : Directory.Exists(path) ? $"{name}/"
            : $"{name} {File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute)} {Digest.OfBytes(File.ReadAllBytes(path))}";
    }

    private static async Task<string> DiffIdAsync(AssembledRepository repository, ManifestDocument manifest)
    {
        await using var config = await repository.OpenBlobAsync(manifest.Config!, Cancelled);
        var options = OciJson.Default.ImageConfiguration;
        var read = await System.Text.Json.JsonSerializer.DeserializeAsync(config, options, Cancelled);
        return Assert.Single(read!.RootFileSystem!.DiffIds);
    }

    private static async Task<ProgramResult> RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        Requires.Debian(program);
        var call = new ProgramCall(program, arguments);
        var result = await ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, Cancelled);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }
}
