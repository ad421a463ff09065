using System.Globalization;
using Lading.Bench.Publishing;
using Lading.Bench.Races;
using Lading.Processes;
using Lading.Testing.Cloud;

namespace Lading.Bench.Status;

/// <summary>
/// <c>lading status</c> of 1,000 services in 20 clusters, at 30 ms per call: without limits, and within AWS's request
/// rates.
/// </summary>
internal sealed class StatusBenchmark : IBenchmark
{
    private const string Unlimited = "`lading status`";
    private const string Limited = "`lading status`, within the rates of AWS";
    private const string Start = "`lading --version`, the start of the process";
    private const string Account = "222222222222";
    private const string Region = "eu-central-1";
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(30);

    public string Name => "status";

    public async Task<string> RunAsync(Workplace place, CancellationToken cancellationToken)
    {
        // Without limits, answers are replayed: only the number and the order of the calls count.
        using var free = Fill();
        await using var server = await TestAwsServer.StartAsync(free, Region);
        await using var endpoint = await SlowEndpoint.StartAsync(
            new Uri(server.Variables["AWS_ENDPOINT_URL"]),
            Delay,
            cancellationToken
        );
        using var bounded = Fill();
        bounded.Latency = Delay;
        await using var strict = await TestAwsServer.StartAsync(bounded, Region);

        var unlimited = Call(place, Unlimited, server.Variables, endpoint.Address.AbsoluteUri);
        var limited = Call(place, Limited, strict.Variables) with
        {
            Before = _ =>
            {
                bounded.Rates = new RequestRates();
                bounded.Calls.Clear();
                return Task.CompletedTask;
            },
        };
        var result = await Race.RunAsync(
            [unlimited, limited, new(Start, new ProgramCall(place.Tool, "--version"))],
            place.Rounds ?? 15,
            cancellationToken
        );
        var (calls, refused) = (bounded.Calls.Count, bounded.Rates!.Refused);
        endpoint.TakeCalls();
        await TimedProcess.RunAsync(unlimited, cancellationToken);
        var needed = endpoint.TakeCalls();
        var memory = (result.Timings[0].PeakMemory ?? 0) / (1024.0 * 1024);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            1,000 services in 20 clusters and 20 stacks, an endpoint that answers each call after 30 ms. The rates are those that AWS
            publishes for ECS; it publishes none for CloudFormation, for which 10 calls of an operation a second are assumed:

            {result.Table()}
            - Seconds without limits: {Aim.AtMost(result.Median(Unlimited).TotalSeconds, 3)}.
            - MB of memory: {Aim.AtMost(memory, 150)}.
            - Calls: {needed}; within the rates {calls}, of which {refused} were refused and asked again.
            """
        );
    }

    private static TestAws Fill()
    {
        var aws = new TestAws(Account, Region, TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1));
        ManyServices.Deploy(aws);
        return aws;
    }

    private static Contender Call(
        Workplace place,
        string name,
        Dictionary<string, string> variables,
        string? address = null
    )
    {
        var environment = variables.ToDictionary(each => each.Key, each => (string?)each.Value, StringComparer.Ordinal);
        environment["AWS_ENDPOINT_URL"] = address ?? environment["AWS_ENDPOINT_URL"];
        return new Contender(
            name,
            new ProgramCall(place.Tool, "status", "--account", Account, "--region", Region)
            {
                WorkingDirectory = Path.GetTempPath(),
                Environment = environment,
            }
        );
    }
}
