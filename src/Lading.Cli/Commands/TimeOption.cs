using System.CommandLine;
using System.Globalization;
using Lading.Running.Verifying;

namespace Lading.Cli.Commands;

/// <summary>An option that takes a duration: a whole number and a unit.</summary>
/// <param name="name">Its name, with dashes.</param>
/// <param name="description">The description in the help.</param>
/// <param name="examples">Examples of values.</param>
/// <param name="defaultValue">The duration if it is not given.</param>
internal sealed class TimeOption(string name, string description, string examples, TimeSpan defaultValue)
{
    /// <summary>The longest duration: timers cannot wait much longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    private readonly Option<string?> option = new(name) { Description = description, HelpName = "time" };

    /// <summary><c>--verify-timeout</c>: how long to watch a deployment.</summary>
    public static TimeOption OfVerification() =>
        new(
            "--verify-timeout",
            "How long to watch the services: 90s, 30m, 2h. Default: 30m. A deployment that is not done by then goes on, and counts as failed.",
            "90s, 30m, 2h",
            Verification.DefaultLimit
        );

    public void AddTo(Command command) => command.Options.Add(option);

    /// <exception cref="LadingException">The value is not a duration.</exception>
    public TimeSpan Read(Invocation invocation) =>
        invocation.Value(option) is not { } text ? defaultValue
        : Find(text) is { } time && time > TimeSpan.Zero && time <= Longest ? time
        : throw LadingException.Usage(
            $"Could not read {name}",
            $"'{text}' is not a length of time",
            $"Write a number and a unit: {examples}; 40 days at most."
        );

    private static TimeSpan? Find(string text) =>
        text.Length is > 1 and < 9
        && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? text[^1] switch
            {
                's' => TimeSpan.FromSeconds(number),
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                _ => null,
            }
            : null;
}
