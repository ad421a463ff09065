using Lading.Aws.Ecr;
using Lading.Diagnosis;
using Lading.Fingerprints;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Aws.Diagnosis;

/// <summary>Whether the tags by which images are found again can be moved.</summary>
internal sealed class TagMutabilityCheck(ExaminedAccount account) : AccountCheck(DoctorCheck.TagMutability, account)
{
    private static readonly Tag Source = Tag.Parse(Fingerprint.SourceTagPrefix + new string('0', 40));

    /// <param name="repository">Its name.</param>
    /// <param name="settings">Which of its tags may move.</param>
    /// <param name="aliases">As <c>lading.json</c> has them: those that move are to go on moving.</param>
    /// <param name="options">What commands end with, so that they reach the account.</param>
    public static HealthFinding Decide(
        RepositoryName repository,
        RepositorySettings settings,
        IReadOnlyList<string> aliases,
        string options
    ) =>
        settings.IsImmutable(Source)
            ? HealthFinding.Fine($"the source tags of {repository} stay where they are")
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
