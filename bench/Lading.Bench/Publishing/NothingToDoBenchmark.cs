using System.Globalization;
using System.Text.Json;
using Lading.Bench.Races;
using Lading.Processes;

namespace Lading.Bench.Publishing;

/// <summary>
/// <c>publish</c> of 20 images that are all in the registry, compared with <c>cdk-assets publish</c> of as many, at 20
/// ms per call.
/// </summary>
internal sealed class NothingToDoBenchmark : IBenchmark
{
    private const int Images = 20;
    private const string Lading = "`lading publish`, nothing to do";
    private const string Cdk = "`cdk-assets publish`, nothing to do";
    private const string Start = "`lading --version`, the start of the process";
    private const string AssetRepository = $"cdk-hnb659fds-container-assets-{Moto.Account}-{Moto.Region}";
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(20);

    public string Name => "nothing-to-do";

    public async Task<string> RunAsync(Workplace place, CancellationToken cancellationToken)
    {
        await NodePackages.RequireAsync(place.BenchFolder, cancellationToken);
        await using var moto = await Moto.StartAsync(cancellationToken);
        await using var endpoint = await SlowEndpoint.StartAsync(moto.Address, Delay, cancellationToken);
        var variables = Moto.VariablesFor(endpoint.Address);
        var project = await BenchProject.MakeAsync(Path.Combine(place.Cache, "small"), Images, cancellationToken);
        var assets = Path.Combine(place.Cache, "assets");
        await FillAsync(place, project, moto, assets, cancellationToken);
        Contender lading = new(
            Lading,
            new ProgramCall(place.Tool, "publish", "--env", "dev")
            {
                WorkingDirectory = project.Folder,
                Environment = variables,
            }
        );
        Contender cdk = new(
            Cdk,
            new ProgramCall(
                "node",
                Path.Combine(place.BenchFolder, "node_modules", "cdk-assets", "bin", "cdk-assets"),
                "publish",
                "--path",
                assets
            )
            {
                WorkingDirectory = assets,
                Environment = variables,
            }
        );
        var result = await Race.RunAsync(
            [lading, cdk, new(Start, new ProgramCall(place.Tool, "--version"))],
            place.Rounds ?? 15,
            cancellationToken
        );
        var ladingCalls = await CallsOfAsync(lading);
        var cdkCalls = await CallsOfAsync(cdk);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            20 images that are all in the registry, an endpoint that answers each call after 20 ms:

            {result.Table()}
            - `cdk-assets` takes so many times as long as Lading: {Aim.AtLeast(result.Ratio(Cdk, Lading), 15)}.
            - Calls: Lading {ladingCalls}, `cdk-assets` {cdkCalls}.
            """
        );

        async Task<int> CallsOfAsync(Contender contender)
        {
            endpoint.TakeCalls();
            await TimedProcess.RunAsync(contender, cancellationToken);
            return endpoint.TakeCalls();
        }
    }

    /// <summary>Fills the stand-in with what both would find after a first publish.</summary>
    private static async Task FillAsync(
        Workplace place,
        BenchProject project,
        Moto moto,
        string assets,
        CancellationToken cancellationToken
    )
    {
        var plan = await ProgramRunner.RunAsync(
            new ProgramCall(place.Tool, "plan", "--offline", "--output", "json") { WorkingDirectory = project.Folder },
            ReadOnlyMemory<byte>.Empty,
            cancellationToken
        );
        using var document = JsonDocument.Parse(plan.Output);
        await moto.CreateRepositoryAsync(AssetRepository, cancellationToken);
        var hashes = new List<string>();
        foreach (var image in document.RootElement.GetProperty("images").EnumerateArray())
        {
            var repository = image.GetProperty("repository").GetString()!;
            var fingerprint = image.GetProperty("fingerprint").GetString()!;
            await moto.CreateRepositoryAsync(repository, cancellationToken);
            await moto.PutImageAsync(repository, image.GetProperty("tag").GetString()!, fingerprint, cancellationToken);
            await moto.PutImageAsync(repository, $"git-{project.Commit}", fingerprint, cancellationToken);
            await moto.PutImageAsync(AssetRepository, fingerprint, fingerprint, cancellationToken);
            hashes.Add(fingerprint);
        }

        Directory.CreateDirectory(assets);
        await File.WriteAllBytesAsync(Path.Combine(assets, "assets.json"), Manifest(hashes), cancellationToken);
    }

    /// <summary>An asset manifest as the CDK's default synthesizer writes it, without the roles.</summary>
    private static byte[] Manifest(IReadOnlyList<string> hashes)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("version", "39.0.0");
            json.WriteStartObject("files");
            json.WriteEndObject();
            json.WriteStartObject("dockerImages");
            foreach (var hash in hashes)
            {
                json.WriteStartObject(hash);
                json.WriteStartObject("source");
                json.WriteString("directory", $"asset.{hash}");
                json.WriteEndObject();
                json.WriteStartObject("destinations");
                json.WriteStartObject("current");
                json.WriteString("repositoryName", AssetRepository);
                json.WriteString("imageTag", hash);
                json.WriteString("region", Moto.Region);
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
