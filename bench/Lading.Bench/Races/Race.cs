using System.Diagnostics;

namespace Lading.Bench.Races;

/// <summary>
/// Runs contenders in turns: A B C, A B C, …, so that other load on the machine falls on all of them.
/// </summary>
internal static class Race
{
    /// <summary>
    /// Runs each once to warm up, then for the given number of rounds, then once more to measure its memory.
    /// </summary>
    public static async Task<RaceResult> RunAsync(
        IReadOnlyList<Contender> contenders,
        int rounds,
        CancellationToken cancellationToken
    )
    {
        var times = contenders.Select(_ => new List<TimeSpan>()).ToList();
        for (var round = 0; round <= rounds; round++)
        {
            for (var i = 0; i < contenders.Count; i++)
            {
                await contenders[i].Before(cancellationToken);
                var took = await TimedProcess.RunAsync(contenders[i], cancellationToken);
                if (round > 0)
                {
                    times[i].Add(took);
                }
            }

            await Console.Error.WriteAsync(round == 0 ? "warm" : $" {round}");
        }

        await Console.Error.WriteLineAsync();
        var results = new List<Timing>();
        for (var i = 0; i < contenders.Count; i++)
        {
            await contenders[i].Before(cancellationToken);
            var memory = await TimedProcess.WatchMemoryAsync(contenders[i], cancellationToken);
            results.Add(new Timing(contenders[i].Name, [.. times[i].Order()], memory));
        }

        return new RaceResult(results);
    }
}
