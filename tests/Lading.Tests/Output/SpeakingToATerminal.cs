using Lading.Cli;
using Lading.Cli.Output;
using Lading.Leases;

namespace Lading.Tests.Output;

public sealed class SpeakingToATerminal
{
    private static readonly string Remedy =
        $"Run: aws ecr put-image --repository-name {new string('w', 200)} --region eu-west-1";

    [Fact]
    public void A_command_in_an_error_stays_one_line() =>
        Assert.Contains(Remedy, Said(each => each.Failed(Failure)), StringComparison.Ordinal);

    [Fact]
    public void A_command_in_a_warning_stays_one_line() =>
        Assert.Contains(Remedy, Said(each => each.Warn(Remedy)), StringComparison.Ordinal);

    [Fact]
    public void A_lost_lease_names_the_command_that_shows_what_runs()
    {
        var lease = new Lease("1", "bob", "lading deploy", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

        Assert.Contains(
            "bob has taken Shop over (lading deploy). What was started here continues. Before you do more, see what runs: lading status --env prod\n",
            Said(each => new LeaseScreen(each).Lost("Shop", lease, "--env prod")),
            StringComparison.Ordinal
        );
    }

    private static LadingException Failure => new("Could not push web", "the tag is taken", Remedy);

    private static string Said(Action<Terminal> speak)
    {
        using var error = new StringWriter();
        speak(
            new Terminal(
                new Host
                {
                    Out = TextWriter.Null,
                    Error = error,
                    In = TextReader.Null,
                    Environment = new Dictionary<string, string>(),
                    WorkingDirectory = ".",
                    ErrorIsTerminal = true,
                    Width = 80,
                }
            )
        );
        return error.ToString();
    }
}
