using System.CommandLine;
using System.Globalization;
using Lading.Running.Verifying;

namespace Lading.Cli.Commands;

/// <summary><c>--verify-timeout</c>: how long to watch a deployment.</summary>
internal sealed class VerifyTimeout
{
    private readonly Option<string?> option = new("--verify-timeout")
    {
        Description =
            "How long to watch what ECS makes of it: 90s, 30m, 2h. Default: 30m. A deployment that is not done by then goes on, and counts as failed.",
        HelpName = "time",
    };

    public void AddTo(Command command) => command.Options.Add(option);

    /// <exception cref="LadingException">The value is not a duration.</exception>
    public TimeSpan Read(Invocation invocation) =>
        invocation.Value(option) is { } text
            ? Find(text)
                ?? throw LadingException.Usage(
                    "Could not read --verify-timeout",
                    $"'{text}' is not a length of time",
                    "Write a number and a unit: 90s, 30m, 2h."
                )
            : Verification.DefaultLimit;

    private static TimeSpan? Find(string text) =>
        text.Length > 1
        && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is > 0 and < 100_000
            ? text[^1] switch
            {
                's' => TimeSpan.FromSeconds(number),
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                _ => null,
            }
            : null;
}
