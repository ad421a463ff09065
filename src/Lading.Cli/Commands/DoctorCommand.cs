using System.CommandLine;
using Lading.Cli.Output;
using Lading.Diagnosis;

namespace Lading.Cli.Commands;

/// <summary><c>lading doctor</c>: finds what commonly goes wrong, and how to fix it.</summary>
internal static class DoctorCommand
{
    public static Command Create(VerbContext context)
    {
        var command = new Command(
            "doctor",
            "Looks for what commonly goes wrong, and says how to fix it. Looks at this machine, the project, and the accounts of its environments; the worst comes first. Exit code 3 where something is broken. Changes nothing, unless --clean says so."
        );
        var names = new Argument<string[]>("check")
        {
            Description = "Only these checks, by their names (docs/doctor.md).",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var timeout = new TimeOption(
            "--timeout",
            "How long each check may take: 5s, 2m. Default: 20s. One that takes longer is named.",
            "5s, 2m",
            Examination.DefaultLimit
        );
        var clean = new Option<bool>("--clean")
        {
            Description =
                "Remove what killed runs left (temporary folders, half-written files, leases) and nothing else. Lists what it removed; what a living process holds stays.",
        };
        var place = new AccountOptions();
        command.Arguments.Add(names);
        place.AddTo(command);
        timeout.AddTo(command);
        command.Options.Add(clean);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
                RunAsync(
                    invocation,
                    place,
                    invocation.Value(names) ?? [],
                    timeout.Read(invocation),
                    invocation.Value(clean),
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Invocation invocation,
        AccountOptions place,
        string[] names,
        TimeSpan limit,
        bool cleans,
        CancellationToken cancellationToken
    )
    {
        var host = invocation.Host;
        var machine = await ExaminedMachine
            .FindAsync(invocation.Caller(), host.Time, cancellationToken)
            .ConfigureAwait(false);
        var environments = machine.Project?.Configuration is { } configuration
            ? configuration.FindNamed(invocation.EnvironmentName) ?? [.. configuration.Environments.Values]
            : [];
        var looked = place.IsGiven(invocation)
            ? (await place.ReadAsync(invocation, cancellationToken).ConfigureAwait(false)).Environments
            : [.. environments.Where(each => each.Account is not null)];
        using var accounts = invocation.OpenAccountChecks(machine, looked);
        var checks = ChosenChecks.Of(machine, environments, accounts.Checks, names, host.Random);
        var examination = new Examination(checks, limit, host.Time);
        var report = cleans
            ? await examination.CleanAsync(cancellationToken).ConfigureAwait(false)
            : await examination.RunAsync(cancellationToken).ConfigureAwait(false);
        if (invocation.Json)
        {
            invocation.Terminal.Result(DoctorDocument.Of(report));
        }
        else
        {
            DoctorScreen.Show(invocation.Terminal, report, invocation.Verbose);
        }

        return ExitCode.Of(!report.IsBroken);
    }
}
