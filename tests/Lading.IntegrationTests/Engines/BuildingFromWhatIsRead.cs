using System.Formats.Tar;
using System.IO.Compression;
using Lading.Configuration;
using Lading.Context;
using Lading.Context.Dockerfiles;
using Lading.Engines;
using Lading.Fingerprints;
using Lading.Layout;
using Lading.Oci;
using Lading.Shipping;
using Lading.Testing;

namespace Lading.IntegrationTests.Engines;

/// <summary>
/// Generated Dockerfiles give the same files from the narrowed context as from the whole one, or fail with both.
/// LADING_GENERATED_BUILDS sets their number.
/// </summary>
/// <remarks>
/// They have no here-documents, <c>--link</c>, <c>--parents</c> or <c>--exclude</c>: Docker 20.10 and buildah 1.28
/// cannot read them. What those read is compared with the Dockerfile reference, by the tests of reading a Dockerfile.
/// </remarks>
public sealed class BuildingFromWhatIsRead(ContainerEngines engines) : IDisposable
{
    private const string Definition = """
        { "project": "p", "images": {
          "all": { "context": "src", "dockerfile": "all" }, "web": { "context": "src", "dockerfile": "web" } } }
        """;

    private readonly TestFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static int Count =>
        int.TryParse(Environment.GetEnvironmentVariable("LADING_GENERATED_BUILDS"), out var count) ? count : 3;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("docker", 100)]
    [InlineData("buildah", 200)]
    public async Task The_result_is_the_same_as_from_the_whole_context(string engine, int firstSeed)
    {
        await engines.RequireAsync(engine);
        var (built, smaller) = (0, 0);
        for (var seed = firstSeed; seed < firstSeed + Count; seed++)
        {
            using var repository = await TestRepository.CreateAsync();
            var sources = Directory.CreateDirectory(Path.Combine(repository.Folder, "src")).FullName;
            var build = new GeneratedBuild(seed, BusyboxRoot.Image, hasVariables: seed % 2 == 0).Write(sources);
            var pin = $$"""{ "digest": "sha256:{{new string('1', 64)}}", "onBuild": false }""";
            repository
                .Write("lading.json", Definition)
                .Write(
                    "lading.bases.json",
                    $$"""{ "basesVersion": 1, "bases": { "{{BusyboxRoot.Image}}": {{pin}} } }"""
                )
                .Write("all", "FROM scratch\nCOPY . /\n")
                .Write("web", build.Dockerfile);
            await repository.CommitAsync("Files");

            var (whole, narrowed, isSmaller) = await CheckOutAsync(repository, seed);
            var one = await BuildAsync(engine, build.Dockerfile, whole);
            var other = await BuildAsync(engine, build.Dockerfile, narrowed);

            Assert.True(
                one.SequenceEqual(other),
                $"seed {seed}:\n{build.Dockerfile}{string.Join('\n', build.Links)}\n--- whole\n{string.Join('\n', one)}\n--- narrowed\n{string.Join('\n', other)}"
            );
            built += one[0] == "failed" ? 0 : 1;
            smaller += isSmaller ? 1 : 0;
        }

        TestContext.Current.SendDiagnosticMessage($"{engine}: {built} of {Count} built, {smaller} narrowed");
        Assert.True(Count < 3 || (built > 0 && smaller > 0), $"{built} built, {smaller} narrowed");
    }

    private async Task<(string Whole, string Narrowed, bool IsSmaller)> CheckOutAsync(
        TestRepository repository,
        int seed
    )
    {
        var file = ConfigurationFile.Get(repository.Folder);
        await using var sources = await ProjectSnapshot.OpenAsync(
            new ProjectFolder(file.Folder, await file.ReadAsync(Cancelled)),
            new SnapshotRequest([]),
            folder.Combine("objects"),
            Cancelled
        );
        var inputs = sources.Images.Select(image => (BuiltInputs)image.Inputs).ToList();
        Assert.False(inputs[1].Narrowing.IsWhole && seed % 2 == 1, inputs[1].Narrowing.Reason);
        var folders = new[] { folder.Combine($"{seed}-whole"), folder.Combine($"{seed}-narrowed") };
        for (var i = 0; i < folders.Length; i++)
        {
            await CleanCheckout.WriteAsync(sources.Objects, inputs[i].Files.List(), folders[i], Cancelled);
        }

        return (folders[0], folders[1], inputs[1].FileCount < inputs[0].FileCount);
    }

    /// <summary>The files of the image, one per line; a single line if it could not be built.</summary>
    private async Task<IReadOnlyList<string>> BuildAsync(string engine, string dockerfile, string context)
    {
        var place = context + "-Dockerfile";
        await File.WriteAllTextAsync(place, dockerfile, Cancelled);
        await File.WriteAllTextAsync(place + ".dockerignore", "", Cancelled);
        var empty = new Dictionary<string, string>();
        var request = new BuildRequest
        {
            Image = "web",
            Context = context,
            Dockerfile = place,
            Args = empty,
            Secrets = new Dictionary<string, SecretLocation>(),
            Ssh = [],
            Contexts = empty,
            Unreached = UnreachedLines.Of(
                DockerfileReader.Parse(System.Text.Encoding.UTF8.GetBytes(dockerfile)),
                null,
                empty,
                [Platform.LinuxAmd64],
                empty
            ),
            Platform = Platform.LinuxAmd64,
            Output = context + "-output",
        };
        try
        {
            Engine one = engine == "docker" ? new DockerEngine(engine) : new BuildahEngine(engine);
            var output = await one.BuildAsync(request, new Progress<string>(), Cancelled);
            var layout = new ImageLayout(context + "-layout");
            var manifest = await BuildResult.TakeAsync(output, request.Platform, layout, Cancelled);
            return await ReadAsync(layout, manifest);
        }
        catch (LadingException e) when (e.Message.Contains("Could not build image", StringComparison.Ordinal))
        {
            return ["failed"];
        }
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(ImageLayout layout, ManifestContent manifest)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal) { [""] = "built" };
        foreach (var layer in manifest.Document.Layers!)
        {
            await using var blob = await layout.OpenBlobAsync(layer, Cancelled);
            await using var plain = new GZipStream(blob, CompressionMode.Decompress);
            await using var tar = new TarReader(plain);
            while (await tar.GetNextEntryAsync(copyData: false, Cancelled) is { } entry)
            {
                using var reader = new StreamReader(entry.DataStream ?? Stream.Null);
                var content = await reader.ReadToEndAsync(Cancelled);
                files[entry.Name.TrimStart('.', '/')] = $"{entry.EntryType} {entry.Mode} {entry.LinkName} {content}";
            }
        }

        return [.. files.Select(file => $"{file.Value.TrimEnd()} {file.Key}")];
    }
}
