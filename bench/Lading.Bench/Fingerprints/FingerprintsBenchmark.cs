using System.Globalization;
using Lading.Bench.Races;
using Lading.Processes;

namespace Lading.Bench.Fingerprints;

/// <summary>All fingerprints of 50 images and 100,000 files, against the CDK's asset hashes of the same folders and against git itself.</summary>
internal sealed class FingerprintsBenchmark : IBenchmark
{
    private const string Plan = "`lading plan --offline`, all 50 fingerprints";
    private const string AtHead = "`lading plan --offline --rev HEAD`, the same without looking for changes";
    private const string Start = "`lading --version`, the start of the process";
    private const string Cdk = "CDK's `FileSystem.fingerprint` of the 50 folders";
    private const string ListTree = "`git ls-tree -r HEAD`";
    private const string Status = "`git status`";
    private const string Dirty = "`lading plan --offline --dirty`, with the changed file";

    public string Name => "fingerprints";

    public async Task<string> RunAsync(Workplace place, CancellationToken cancellationToken)
    {
        var repository = await GeneratedRepository.GetAsync(place.Cache, cancellationToken);
        var library = Path.Combine(place.Root, "samples", "storefront", "infra-ts", "node_modules", "aws-cdk-lib");
        await NodePackages.RequireAsync(Path.GetFullPath(Path.Combine(library, "..", "..")), cancellationToken);
        var rounds = place.Rounds ?? 9;
        var folders = Enumerable
            .Range(0, GeneratedRepository.Images)
            .Select(image => Path.Combine(repository.Folder, GeneratedRepository.Context(image)));
        Contender plan = new(Plan, Lading("plan", "--offline", "--output", "json"));
        Contender status = new(Status, Call("git", "status"));
        var clean = await Race.RunAsync(
            [
                plan,
                new(AtHead, Lading("plan", "--offline", "--output", "json", "--rev", "HEAD")),
                new(Start, Lading("--version")),
                new(
                    Cdk,
                    Call("node", [Path.Combine(place.BenchFolder, "cdk", "fingerprint.cjs"), library, .. folders])
                ),
                new(ListTree, Call("git", "ls-tree", "-r", "HEAD")),
                status,
            ],
            rounds,
            cancellationToken
        );
        var changed = await WithAChangeAsync(
            Path.Combine(repository.Folder, GeneratedRepository.SomeFile),
            () =>
                Race.RunAsync(
                    [
                        plan,
                        new(Dirty, Lading("plan", "--offline", "--output", "json", "--dirty")),
                        new(Start, Lading("--version")),
                        status,
                    ],
                    rounds,
                    cancellationToken
                ),
            cancellationToken
        );
        var start = clean.Median(Start);
        return $"""
            50 images, 100,000 files, nothing uncommitted:

            {clean.Table()}
            - The CDK takes {Number(clean.Ratio(Cdk, Plan))} times as long as Lading. Aim: 10.
            - Fingerprints at HEAD, less the start of the process, take {Number(
                (clean.Median(AtHead) - start) / clean.Median(ListTree)
            )} times as long as `git ls-tree -r HEAD`. Aim: at most 2.
            - Lading's memory: {clean.Timings[0].PeakMemory / (1024 * 1024)} MB at most. Aim: below 100.

            One file changed and not committed:

            {changed.Table()}
            - Less the start of the process, Lading takes {Number(
                (changed.Median(Plan) - start) / changed.Median(Status)
            )} times as long as `git status`, and {Number(
                (changed.Median(Dirty) - start) / changed.Median(Status)
            )} times with `--dirty`. Aim: at most 2.
            """;

        ProgramCall Lading(params IReadOnlyList<string> arguments) => Call(place.Tool, arguments);

        ProgramCall Call(string program, params IReadOnlyList<string> arguments) =>
            new(program, arguments) { WorkingDirectory = repository.Folder };
    }

    private static async Task<RaceResult> WithAChangeAsync(
        string file,
        Func<Task<RaceResult>> race,
        CancellationToken cancellationToken
    )
    {
        var before = await File.ReadAllTextAsync(file, cancellationToken);
        try
        {
            await File.WriteAllTextAsync(file, before + "// changed\n", cancellationToken);
            return await race();
        }
        finally
        {
            await File.WriteAllTextAsync(file, before, CancellationToken.None);
        }
    }

    private static string Number(double number) => number.ToString("0.0", CultureInfo.InvariantCulture);
}
