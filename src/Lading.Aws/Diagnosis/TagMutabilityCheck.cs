using Lading.Aws.Ecr;
using Lading.Diagnosis;
using Lading.Fingerprints;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Aws.Diagnosis;

/// <summary>Whether source tags can be moved.</summary>
internal sealed class TagMutabilityCheck(ExaminedAccount account) : AccountCheck(DoctorCheck.TagMutability, account)
{
    private static readonly Tag Source = Tag.Parse(Fingerprint.SourceTagPrefix + new string('0', 40));

    /// <summary>Decides about one repository.</summary>
    /// <param name="repository">Its name.</param>
    /// <param name="settings">Its tag mutability.</param>
    /// <param name="aliases">The aliases in <c>lading.json</c>: moving ones must stay mutable.</param>
    /// <param name="options">Options for commands, so that they use the account.</param>
    public static HealthFinding Decide(
        RepositoryName repository,
        RepositorySettings settings,
        IReadOnlyList<string> aliases,
        string options
    ) =>
        settings.IsImmutable(Source)
            ? HealthFinding.Fine($"the source tags of {repository} are immutable")
            : HealthFinding.Warning(
                $"anybody who may push to {repository} can move its source tags to another image",
                EcrRemedies.SetTags(repository, AliasTags.SettingsFor(aliases)) + options
            );

    public override async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var aliases = Account.Machine.Project?.Configuration.Aliases ?? [];
        var found = await Account.RepositoriesAsync(cancellationToken).ConfigureAwait(false);
        var findings = found
            .Where(each => each.Value is not null)
            .Select(each => Decide(RepositoryName.Parse(each.Key), each.Value!, aliases, Account.RegistryOptions))
            .ToList();
        return findings.Count > 0 ? findings : [HealthFinding.Fine("no repository of the project is there yet")];
    }
}
