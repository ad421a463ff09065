using System.Globalization;
using Xunit;

namespace Lading.Testing;

/// <summary>
/// How long a test of <c>./build soak</c> runs, and with which seed: <c>LADING_SOAK</c> is a number of steps
/// (<c>50000</c>) or a time (<c>90s</c>, <c>10m</c>), <c>LADING_SOAK_SEED</c> the seed of an earlier run.
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

    /// <summary>The seed of the test's random numbers.</summary>
    public int Seed { get; }

    /// <summary>How long the test has run.</summary>
    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(begun);

    /// <summary>The limit that environment variables set.</summary>
    /// <param name="usual">The number of steps if they set none.</param>
    public static SoakLimit Read(int usual = DefaultSteps) =>
        Parse(
            Environment.GetEnvironmentVariable("LADING_SOAK") is { Length: > 0 } limit
                ? limit
                : usual.ToString(CultureInfo.InvariantCulture),
            Environment.GetEnvironmentVariable("LADING_SOAK_SEED")
        );

    /// <param name="limit">A number of steps or a time; null for 10,000 steps.</param>
    /// <param name="seed">A number; null for a new one.</param>
    /// <exception cref="FormatException">One of them is malformed.</exception>
    public static SoakLimit Parse(string? limit, string? seed)
    {
        var first = seed is { Length: > 0 }
            ? int.Parse(seed, CultureInfo.InvariantCulture)
            : (int)(TimeProvider.System.GetTimestamp() % 1_000_000_000);
        return limit is not { Length: > 0 } ? new SoakLimit(first, DefaultSteps, TimeSpan.MaxValue)
            : limit[^1] is 's' or 'm' or 'h' ? new SoakLimit(first, int.MaxValue, TimeOf(limit))
            : new SoakLimit(first, int.Parse(limit, CultureInfo.InvariantCulture), TimeSpan.MaxValue);
    }

    /// <summary>Whether to take another step after this many.</summary>
    public bool GoesOn(int taken) => taken < steps && Elapsed < time;

    /// <summary>Reports how far the test came, with the seed that repeats it.</summary>
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
