using Lading.Bench.Races;
using Lading.Processes;

namespace Lading.Bench.Starts;

/// <summary>How long the program takes to start, compared with a native program that does nothing.</summary>
internal sealed class StartBenchmark : IBenchmark
{
    private const string Start = "`lading --version`";
    private const string Empty = "a native program that does nothing";
    private const string Git = "`git --version`";

    public string Name => "start";

    public async Task<string> RunAsync(Workplace place, CancellationToken cancellationToken)
    {
        if (await EmptyProgram.FindAsync(place.Cache, cancellationToken) is not { } empty)
        {
            return "This machine has no linker for native programs.\n";
        }

        var result = await Race.RunAsync(
            [
                new(Start, new ProgramCall(place.Tool, "--version")),
                new(Empty, new ProgramCall(empty)),
                new(Git, new ProgramCall("git", "--version")),
            ],
            place.Rounds ?? 25,
            cancellationToken
        );
        return $"""
            {result.Table()}
            - `lading --version` by a native program that does nothing: {Aim.AtMost(result.Ratio(Start, Empty), 1.5)}.
            """;
    }
}
