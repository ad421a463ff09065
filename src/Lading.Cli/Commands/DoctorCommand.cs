using System.CommandLine;
using System.Globalization;
using Lading.Cli.Output;
using Lading.Configuration;
using Lading.Configuration.Json;
using Lading.Diagnosis;

namespace Lading.Cli.Commands;

/// <summary><c>lading doctor</c>: finds what commonly goes wrong, and how to fix it.</summary>
internal static class DoctorCommand
{
    private const int Broken = 3;

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
        var timeout = new Option<string?>("--timeout")
        {
            Description = "How long each check may take: 5s, 2m. Default: 20s. One that takes longer is named.",
            HelpName = "time",
        };
        var clean = new Option<bool>("--clean")
        {
            Description =
                "Remove what killed runs left (temporary folders, half-written files, leases) and nothing else. Lists what it removed; what a living process holds stays.",
        };
        var place = new AccountOptions();
        command.Arguments.Add(names);
        place.AddTo(command);
        command.Options.Add(timeout);
        command.Options.Add(clean);
        context.OnRun(
            command,
            (invocation, cancellationToken) =>
                RunAsync(
                    invocation,
                    place,
                    invocation.Value(names) ?? [],
                    ReadLimit(invocation.Value(timeout)),
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
        var environments = Environments(invocation, machine);
        var looked = place.IsGiven(invocation)
            ? (await place.ReadAsync(invocation, cancellationToken).ConfigureAwait(false)).Environments
            : [.. environments.Where(each => each.Account is not null)];
        using var accounts = invocation.OpenAccountChecks(machine, looked);
        var checks = Chosen(
            [
                .. LocalChecks.Of(machine, [.. environments.Select(each => each.Name)], host.Random),
                .. accounts.Checks,
                .. looked.Count == 0 ? Unlooked(machine, names) : [],
            ],
            names
        );
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

        return report.IsBroken ? Broken : 0;
    }

    /// <summary>The checks that need an account. A project without one skips them, unless the user requests them.</summary>
    private static IEnumerable<IHealthCheck> Unlooked(ExaminedMachine machine, string[] names) =>
        DoctorCheck
            .Names.SkipWhile(name => name != DoctorCheck.Credentials)
            .Where(name => machine.Project is null || names.Contains(name, StringComparer.Ordinal))
            .Select(name => new UnlookedCheck(name, machine));

    /// <summary>The named ones, or all of the project.</summary>
    /// <exception cref="LadingException">A named one does not exist.</exception>
    private static IReadOnlyList<EnvironmentDefinition> Environments(Invocation invocation, ExaminedMachine machine)
    {
        if (machine.Project is not { } project)
        {
            return [];
        }

        var names = invocation.EnvironmentName?.Split(
            ',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        return names is { Length: > 0 }
            ? [.. names.Distinct(StringComparer.Ordinal).Select(project.Configuration.GetEnvironment)]
            : [.. project.Configuration.Environments.Values];
    }

    private static IReadOnlyList<IHealthCheck> Chosen(IReadOnlyList<IHealthCheck> all, string[] names)
    {
        var wrong = Array.Find(names, name => !DoctorCheck.Names.Contains(name, StringComparer.Ordinal));
        return wrong is not null
                ? throw LadingException.Usage(
                    $"Could not look at {wrong}",
                    "there is no check of that name",
                    Advice.Choose(wrong, DoctorCheck.Names)
                )
            : names.Length == 0 ? all
            : [.. all.Where(check => names.Contains(check.Name, StringComparer.Ordinal))];
    }

    private static TimeSpan ReadLimit(string? text)
    {
        if (text is null)
        {
            return Examination.DefaultLimit;
        }

        var unit = text.Length > 1 ? text[^1] : ' ';
        return
            int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and < 10_000
            && unit is 's' or 'm'
            ? TimeSpan.FromSeconds(unit == 's' ? number : number * 60)
            : throw LadingException.Usage(
                "Could not read --timeout",
                $"'{text}' is not a length of time",
                "Write a number and a unit: 5s, 2m."
            );
    }
}
