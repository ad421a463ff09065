using System.Text.RegularExpressions;
using Lading.Configuration;
using Lading.Diagnosis;
using Lading.Processes;
using Lading.Testing;

namespace Lading.Tests.Diagnosis;

/// <summary>The page lists every check, and other errors name only checks that exist.</summary>
public sealed partial class DocumentingTheDoctor
{
    [Fact]
    public void The_tables_have_every_check_and_no_other()
    {
        var page = File.ReadAllText(SourceTree.PathOf("docs/doctor.md"));
        var documented = Row().Matches(page).Select(match => match.Groups["name"].Value);

        Assert.Equal(DoctorCheck.Names, documented);
    }

    [Fact]
    public async Task The_names_are_exactly_those_of_the_checks()
    {
        var caller = new CallingProcess { WorkingDirectory = Path.GetTempPath(), Variable = _ => null };
        var machine = await ExaminedMachine.FindAsync(
            caller,
            TimeProvider.System,
            TestContext.Current.CancellationToken
        );
        using var accounts = AccountWorld.Checks(machine);

        var names = LocalChecks.Of(machine, [], new Random(1)).Concat(accounts.Checks).Select(check => check.Name);

        Assert.Equal(DoctorCheck.Names, names);
    }

    [GeneratedRegex(@"^\| `(?<name>[a-z][a-z-]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
