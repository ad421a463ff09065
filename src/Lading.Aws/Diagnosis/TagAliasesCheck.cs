using Lading.Aws.Ecr;
using Lading.Diagnosis;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Aws.Diagnosis;

/// <summary>Whether repositories allow moving aliases to move.</summary>
internal sealed class TagAliasesCheck(ExaminedAccount account) : AccountCheck(DoctorCheck.TagAliases, account)
{
    /// <summary>Decides about one repository.</summary>
    /// <param name="repository">Its name.</param>
    /// <param name="settings">Its tag mutability.</param>
    /// <param name="aliases">The aliases in <c>lading.json</c>.</param>
    /// <param name="options">Options for commands, so that they use the account.</param>
    public static HealthFinding Decide(
        RepositoryName repository,
        RepositorySettings settings,
        IReadOnlyList<string> aliases,
        string options
    )
    {
        var stuck = aliases
            .Where(alias => !alias.Contains("{commit}", StringComparison.Ordinal))
            .Where(alias => AliasTags.For([alias], "main", null).Any(settings.IsImmutable))
            .ToList();
        return stuck.Count == 0
            ? HealthFinding.Fine($"{repository} lets aliases move")
            : HealthFinding.Warning(
                $"{repository} has immutable tags, and so refuses {(stuck.Count == 1 ? "alias" : "aliases")} {string.Join(", ", stuck)} at the second publish",
                EcrRemedies.SetTags(repository, AliasTags.SettingsFor(aliases)) + options
            );
    }

    public override async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var aliases = Account.Machine.Project?.Configuration.Aliases ?? [];
        if (aliases.Count == 0)
        {
            return [HealthFinding.Fine("no aliases")];
        }

        var found = await Account.RepositoriesAsync(cancellationToken).ConfigureAwait(false);
        var findings = found
            .Where(each => each.Value is not null)
            .Select(each => Decide(RepositoryName.Parse(each.Key), each.Value!, aliases, Account.RegistryOptions))
            .ToList();
        return findings.Count > 0 ? findings : [HealthFinding.Fine("no repository of the project is there yet")];
    }
}
