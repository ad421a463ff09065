using Lading.Configuration;
using Lading.Configuration.Json;

namespace Lading.Diagnosis;

/// <summary>The checks that somebody names, or all that concern the project.</summary>
internal static class ChosenChecks
{
    /// <summary>Chooses them, in the order in which they are listed.</summary>
    /// <param name="machine">This machine, and the project.</param>
    /// <param name="environments">The environments that are meant.</param>
    /// <param name="accounts">The checks of accounts; none where no account is looked at.</param>
    /// <param name="names">Names of checks; none for all.</param>
    /// <param name="random">Names temporary folders.</param>
    /// <exception cref="LadingException">There is no check of a name.</exception>
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
            .. accounts.Count > 0 ? accounts : Unlooked(machine, names),
        ];
        return names.Count == 0 ? all : [.. all.Where(check => names.Contains(check.Name, StringComparer.Ordinal))];
    }

    /// <summary>The checks that need an account. A project without one skips them, unless the user requests them.</summary>
    private static IEnumerable<IHealthCheck> Unlooked(ExaminedMachine machine, IReadOnlyList<string> names) =>
        DoctorCheck
            .Names.SkipWhile(name => name != DoctorCheck.Credentials)
            .Where(name => machine.Project is null || names.Contains(name, StringComparer.Ordinal))
            .Select(name => new UnavailableCheck(name, machine));
}
