using System.Globalization;
using Xunit;

namespace Lading.Testing;

/// <summary>
/// How long a test of <c>./build soak</c> goes on, and from which seed: <c>LADING_SOAK</c> is a number of steps (<c>50000</c>) or a
/// time (<c>90s</c>, <c>10m</c>), <c>LADING_SOAK_SEED</c> the seed of an earlier run.
/// </summary>
internal sealed class SoakLimit
{
    private const int DefaultSteps = 10_000;

    private readonly long begun = TimeProvider.System.GetTimestamp();
    private readonly int steps;
    private readonly TimeSpan time;

    private SoakLimit(int seed, int steps, TimeSpan time)
    {
        Seed = seed;
        this.steps = steps;
        this.time = time;
    }

    /// <summary>What the test's random numbers begin with.</summary>
    public int Seed { get; }

    /// <summary>How long it has gone on.</summary>
    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(begun);

    /// <summary>The limit that the environment's variables set.</summary>
    /// <param name="usual">How many steps are taken if they set none.</param>
    public static SoakLimit Read(int usual = DefaultSteps) =>
        Parse(
            Environment.GetEnvironmentVariable("LADING_SOAK") is { Length: > 0 } limit
                ? limit
                : usual.ToString(CultureInfo.InvariantCulture),
            Environment.GetEnvironmentVariable("LADING_SOAK_SEED")
        );

    /// <param name="limit">A number of steps or a time; null for 10,000 steps.</param>
    /// <param name="seed">A number; null for one that no run had before.</param>
    /// <exception cref="FormatException">One of them is something else.</exception>
    public static SoakLimit Parse(string? limit, string? seed)
    {
        var first = seed is { Length: > 0 }
            ? int.Parse(seed, CultureInfo.InvariantCulture)
            : (int)(TimeProvider.System.GetTimestamp() % 1_000_000_000);
        return limit is not { Length: > 0 } ? new SoakLimit(first, DefaultSteps, TimeSpan.MaxValue)
            : limit[^1] is 's' or 'm' or 'h' ? new SoakLimit(first, int.MaxValue, TimeOf(limit))
            : new SoakLimit(first, int.Parse(limit, CultureInfo.InvariantCulture), TimeSpan.MaxValue);
    }

    /// <summary>Whether another step is to be taken after so many.</summary>
    public bool GoesOn(int taken) => taken < steps && Elapsed < time;

    /// <summary>Says how far it came, with the seed that repeats it.</summary>
    public void Report(string figures) =>
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{figures}; seed {Seed}, {Elapsed.TotalSeconds:F0} s")
        );

    private static TimeSpan TimeOf(string limit)
    {
        var number = int.Parse(limit[..^1], CultureInfo.InvariantCulture);
        return limit[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            _ => TimeSpan.FromHours(number),
        };
    }
}
