using Lading.Configuration;
using Lading.Configuration.Json;

namespace Lading.Diagnosis;

/// <summary>Selects the checks that the user names, or all that apply to the project.</summary>
internal static class ChosenChecks
{
    /// <summary>Selects checks, in the order in which they are listed.</summary>
    /// <param name="machine">This machine, and the project.</param>
    /// <param name="environments">The environments to check.</param>
    /// <param name="accounts">The checks of accounts; empty if no account is checked.</param>
    /// <param name="names">The names of checks; empty for all.</param>
    /// <param name="random">Generates the names of temporary folders.</param>
    /// <exception cref="LadingException">A name is not that of a check.</exception>
    public static IReadOnlyList<IHealthCheck> Of(
        ExaminedMachine machine,
        IReadOnlyList<EnvironmentDefinition> environments,
        IReadOnlyList<IHealthCheck> accounts,
        IReadOnlyList<string> names,
        Random random
    )
    {
        if (names.FirstOrDefault(name => !DoctorCheck.Names.Contains(name, StringComparer.Ordinal)) is { } wrong)
        {
            throw LadingException.Usage(
                $"Could not look at {wrong}",
                "there is no check of that name",
                Suggestions.Choose(wrong, DoctorCheck.Names)
            );
        }

        IReadOnlyList<IHealthCheck> all =
        [
            .. LocalChecks.Of(machine, [.. environments.Select(each => each.Name)], random),
            .. accounts.Count > 0 ? accounts : Unavailable(machine, names),
        ];
        return names.Count == 0 ? all : [.. all.Where(check => names.Contains(check.Name, StringComparer.Ordinal))];
    }

    /// <summary>The checks that need an account. A project without one skips them, unless the user requests them.</summary>
    private static IEnumerable<IHealthCheck> Unavailable(ExaminedMachine machine, IReadOnlyList<string> names) =>
        DoctorCheck
            .Names.SkipWhile(name => name != DoctorCheck.Credentials)
            .Where(name => machine.Project is null || names.Contains(name, StringComparer.Ordinal))
            .Select(name => new UnavailableCheck(name, machine));
}
