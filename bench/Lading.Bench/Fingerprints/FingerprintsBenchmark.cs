using Lading.Bench.Races;
using Lading.Processes;

namespace Lading.Bench.Fingerprints;

/// <summary>
/// All fingerprints of 50 images and 100,000 files, compared with the CDK's asset hashes of the same folders and with
/// git itself.
/// </summary>
internal sealed class FingerprintsBenchmark : IBenchmark
{
    private const string Plan = "`lading plan --offline --no-cache`, all 50 fingerprints";
    private const string Cold = "`lading plan --offline --no-cache --rev HEAD`, the same without looking for changes";
    private const string Remembered = "`lading plan --offline --rev HEAD`, remembered";
    private const string OneChanged = "`lading plan --offline --rev <commit>`, remembered but for one image";
    private const string Start = "`lading --version`, the start of the process";
    private const string Cdk = "CDK's `FileSystem.fingerprint` of the 50 folders";
    private const string ListTree = "`git ls-tree -r HEAD`";
    private const string Status = "`git status`";
    private const string Dirty = "`lading plan --offline --dirty`, with the changed file, the rest remembered";

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
        var file = Path.Combine(repository.Folder, GeneratedRepository.SomeFile);
        var commit = await ChangedFile.CommitAsync(repository, file, cancellationToken);
        Contender plan = new(Plan, Lading("plan", "--offline", "--output", "json", "--no-cache"));
        Contender status = new(Status, Call("git", "status"));
        var memory = new SavedMemory(repository.Folder);
        await memory.FillAsync(Lading("plan", "--offline", "--output", "json", "--rev", "HEAD"), cancellationToken);
        var clean = await Race.RunAsync(
            [
                plan,
                new(Cold, Lading("plan", "--offline", "--output", "json", "--no-cache", "--rev", "HEAD")),
                new(Remembered, Lading("plan", "--offline", "--output", "json", "--rev", "HEAD")),
                new(OneChanged, Lading("plan", "--offline", "--output", "json", "--rev", commit))
                {
                    Before = memory.RestoreAsync,
                },
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
        var changed = await ChangedFile.WithAsync(
            file,
            () =>
                Race.RunAsync(
                    [
                        plan,
                        new(Dirty, Lading("plan", "--offline", "--output", "json", "--dirty"))
                        {
                            Before = memory.RestoreAsync,
                        },
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
            - The CDK takes so many times as long as Lading: {Aim.AtLeast(clean.Ratio(Cdk, Plan), 10)}.
            - All fingerprints, less the start of the process, by `git ls-tree -r HEAD`: {Aim.AtMost(OfList(Cold), 2)}.
            - Remembered: {Aim.AtMost(OfList(Remembered), 0.3)}.
            - Remembered but for one image: {Aim.AtMost(OfList(OneChanged), 0.5)}.
            - Lading's memory in MB: {Aim.AtMost(clean.Timings[0].PeakMemory / (1024.0 * 1024) ?? 0, 100)}.

            One file changed and not committed:

            {changed.Table()}
            - Less the start of the process, by `git status`: {Aim.AtMost(OfStatus(Plan), 1.2)}.
            - With `--dirty`: {Aim.AtMost(OfStatus(Dirty), 1.2)}.
            """;

        double OfList(string name) => (clean.Median(name) - start) / clean.Median(ListTree);

        double OfStatus(string name) => (changed.Median(name) - start) / changed.Median(Status);

        ProgramCall Lading(params IReadOnlyList<string> arguments) => Call(place.Tool, arguments);

        ProgramCall Call(string program, params IReadOnlyList<string> arguments) =>
            new(program, arguments)
            {
                WorkingDirectory = repository.Folder,
                Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["XDG_STATE_HOME"] = Path.Combine(place.Cache, "state"),
                },
            };
    }
}
