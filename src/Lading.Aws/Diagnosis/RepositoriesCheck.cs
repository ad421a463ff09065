using Lading.Configuration;
using Lading.Diagnosis;

namespace Lading.Aws.Diagnosis;

/// <summary>Whether the repositories of the project's images exist.</summary>
internal sealed class RepositoriesCheck(ExaminedAccount account) : AccountCheck(DoctorCheck.Repositories, account)
{
    /// <summary>Decides by the missing repositories.</summary>
    /// <param name="existing">How many exist.</param>
    /// <param name="missing">The names of the missing ones.</param>
    /// <param name="owner">Whether Lading or the CDK app creates them.</param>
    public static HealthFinding Decide(int existing, IReadOnlyList<string> missing, RepositoryOwner owner) =>
        missing.Count == 0 ? HealthFinding.Fine($"{existing} {(existing == 1 ? "repository" : "repositories")}")
        : owner == RepositoryOwner.Lading
            ? HealthFinding.Fine(
                $"{existing} of {existing + missing.Count} repositories; publish creates {string.Join(", ", missing)}"
            )
        : HealthFinding.Broken(
            $"{string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} not there, and publish is not to create {(missing.Count == 1 ? "it" : "them")}",
            "deploy the stack that has the ImageRepository constructs first"
        );

    public override async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var found = await Account.RepositoriesAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            Decide(
                found.Count(each => each.Value is not null),
                [.. found.Where(each => each.Value is null).Select(each => each.Key).Order(StringComparer.Ordinal)],
                Account.Environment.Repositories
            ),
        ];
    }
}
