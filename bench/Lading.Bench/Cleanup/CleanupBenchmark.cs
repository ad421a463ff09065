using System.Globalization;
using Lading.Bench.Publishing;
using Lading.Bench.Races;
using Lading.Processes;

namespace Lading.Bench.Cleanup;

/// <summary>
/// <c>lading prune</c> of 100,000 images in 200 repositories, with 5,000 task definitions, compared with one call per
/// image; and of 10,000 images in as many repositories, to compare memory.
/// </summary>
internal sealed class CleanupBenchmark : IBenchmark
{
    private const int Many = 100_000;
    private const int Few = 10_000;
    private const int Sample = 5000;
    private const string OfMany = "`lading prune`, 100,000 images";
    private const string OfFew = "`lading prune`, 10,000 images";
    private const string EachAlone = "5,000 images, one call each, 8 at once";
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(30);

    public string Name => "cleanup";

    public async Task<string> RunAsync(Workplace place, CancellationToken cancellationToken)
    {
        await using var many = await BenchAccount.StartAsync(place, Many, Delay, cancellationToken);
        await using var few = await BenchAccount.StartAsync(place, Few, Delay, cancellationToken);
        var project = await BenchProject.MakeAsync(
            Path.Combine(place.Cache, "cleanup"),
            FilledStore.Repositories,
            cancellationToken
        );
        var prune = Prune(place, project, many, OfMany);
        var result = await Race.RunAsync(
            [prune, Prune(place, project, few, OfFew), await OneByOneAsync(place, many, cancellationToken)],
            place.Rounds ?? 3,
            cancellationToken
        );
        var (calls, progress) = await LookAsync(prune, many, cancellationToken);
        var (manyMemory, fewMemory) = (MegabytesOf(result.Timings[0]), MegabytesOf(result.Timings[1]));
        var images = calls["DescribeImages"] + calls["BatchGetImage"];
        var alone = result.Median(EachAlone) * Many / Sample;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            100,000 images in 200 repositories of the embedded registry, 5,000 task definitions, an endpoint that answers each call
            after 30 ms. One call an image is measured for 5,000 of them, without a look at who uses them:

            {result.Table()}
            - Calls: {calls.Values.Sum():N0}, of which {calls[
                "DescribeTaskDefinition"
            ]:N0} describe a task definition each, and {images} tell of images, of which one call each would be 100,000.
            - For the images alone, one call each would take {alone.TotalSeconds:0} s. By all of `lading prune`: {Aim.AtLeast(
                alone / result.Median(OfMany),
                10
            )}.
            - MB of memory: {Aim.AtMost(manyMemory, 150)}; by that for 10,000 images: {Aim.AtMost(
                manyMemory / fewMemory,
                1.5
            )}.
            - Progress on a terminal: first after {progress.First.TotalSeconds:0.0} s, drawn {progress.Drawn} times; its longest silence in seconds: {Aim.AtMost(
                progress.Longest.TotalSeconds,
                1
            )}.
            """
        );
    }

    /// <summary>Forgets the manifests of earlier runs: each run is the first of its clone.</summary>
    private static Contender Prune(Workplace place, BenchProject project, BenchAccount account, string name) =>
        new(
            name,
            new ProgramCall(place.Tool, "prune", "--env", "dev")
            {
                WorkingDirectory = project.Folder,
                Environment = Moto.VariablesFor(account.Endpoint.Address),
            }
        )
        {
            Before = _ =>
            {
                var state = Path.Combine(project.Folder, ".lading");
                if (Directory.Exists(state))
                {
                    Directory.Delete(state, recursive: true);
                }

                return Task.CompletedTask;
            },
        };

    private static async Task<Contender> OneByOneAsync(
        Workplace place,
        BenchAccount account,
        CancellationToken cancellationToken
    )
    {
        var list = Path.Combine(place.Cache, "images.txt");
        var lines = Enumerable
            .Range(0, Sample)
            .Select(i => (Repository: i % FilledStore.Repositories, Image: i / FilledStore.Repositories))
            .Select(each =>
                $"{FilledStore.NameOf(each.Repository)} {FilledStore.DigestOf(each.Repository, each.Image)}"
            );
        await File.WriteAllLinesAsync(list, lines, cancellationToken);
        var script = Path.Combine(place.BenchFolder, "cleanup", "one-call-an-image.mjs");
        var address = account.Endpoint.Address.AbsoluteUri;
        return new Contender(EachAlone, new ProgramCall("node", script, address, Moto.Region, list));
    }

    /// <summary>
    /// The calls of a run, which must be exactly those for its pages, repositories and task definitions, and its
    /// progress on a terminal.
    /// </summary>
    private static async Task<(IReadOnlyDictionary<string, int> Calls, WatchedProgress Progress)> LookAsync(
        Contender prune,
        BenchAccount account,
        CancellationToken cancellationToken
    )
    {
        await prune.Before(cancellationToken);
        account.Endpoint.TakeCalls();
        var progress = await WatchedProgress.OfAsync(prune.Call, cancellationToken);
        var calls = account.Endpoint.TakeOperations();
        var repositories = Enumerable.Range(0, FilledStore.Repositories).ToList();
        Require("DescribeRepositories", 1);
        Require("DescribeImages", repositories.Sum(each => Pages(account.Store.CountOf(each), 1000)));
        Require("BatchGetImage", repositories.Sum(each => Pages(account.Store.IndexesOf(each), 100)));
        Require("GetRepositoryPolicy", FilledStore.Repositories);
        Require("ListTaskDefinitions", Pages(BenchAccount.Definitions, 100));
        Require("DescribeTaskDefinition", BenchAccount.Definitions);
        return (calls, progress);

        void Require(string operation, int expected)
        {
            if (calls.GetValueOrDefault(operation) != expected)
            {
                throw new InvalidOperationException(
                    $"{operation} was called {calls.GetValueOrDefault(operation)} times instead of {expected}"
                );
            }
        }

        static int Pages(int items, int most) => (items + most - 1) / most;
    }

    private static double MegabytesOf(Timing timing) => (timing.PeakMemory ?? 0) / (1024.0 * 1024);
}
