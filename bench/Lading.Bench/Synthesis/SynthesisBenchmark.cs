using System.Globalization;
using Lading.Bench.Races;
using Lading.Processes;

namespace Lading.Bench.Synthesis;

/// <summary>
/// A CDK app of 20 services in C#: with image assets of 50 MB each, with images from ECR, with Lading's, with none.
/// </summary>
internal sealed class SynthesisBenchmark : IBenchmark
{
    private const int Images = 20;
    private const int Files = 50;
    private const string None = "no image: one literal reference for all";
    private const string Ecr = "`FromEcrRepository`";
    private const string Lading = "`LadingImage`";
    private const string Asset = "`FromAsset`";

    public string Name => "synthesis";

    public async Task<string> RunAsync(Workplace place, CancellationToken cancellationToken)
    {
        var app = Path.Combine(
            place.BenchFolder,
            "Lading.Bench.App",
            "bin",
            new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
            "net10.0",
            "Lading.Bench.App.dll"
        );
        var project = await LargeContexts.RequireAsync(place, Images, Files, cancellationToken);
        var rounds = place.Rounds ?? 15;
        var light = await Race.RunAsync(
            [Synthesis(None, "none"), Synthesis(Ecr, "ecr"), Synthesis(Lading, "lading")],
            rounds,
            cancellationToken
        );
        var heavy = await Race.RunAsync(
            [Synthesis(None, "none"), Synthesis(Asset, "asset")],
            Math.Max(1, rounds / 4),
            cancellationToken
        );
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            `dotnet Infra.dll` of an app in C# with 20 Fargate services, whose images come in these ways:

            {light.Table()}
            Image assets, with contexts of 50 MB each:

            {heavy.Table()}
            - `LadingImage` takes so many per cent more time than `FromEcrRepository`, with the record of the stack and the comparison with `HEAD`: {Aim.AtMost(
                (light.Ratio(Lading, Ecr) - 1) * 100,
                3
            )}.
            """
        );

        Contender Synthesis(string name, string way)
        {
            var output = Path.Combine(project.Folder, "cdk.out");
            return new Contender(
                name,
                new ProgramCall("dotnet", app, way, output, Images.ToString(CultureInfo.InvariantCulture))
                {
                    WorkingDirectory = project.Folder,
                    Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "18,20,22",
                    },
                }
            )
            {
                Before = _ =>
                {
                    if (Directory.Exists(output))
                    {
                        Directory.Delete(output, recursive: true);
                    }

                    return Task.CompletedTask;
                },
            };
        }
    }
}
