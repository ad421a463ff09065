using Lading.Diagnosis;
using Lading.Oci;
using Lading.Rollbacks;

namespace Lading.Aws.Diagnosis;

/// <summary>
/// Decides by the rules of <c>lading doctor</c>'s check, within a short time limit: a network may block IAM.
/// </summary>
/// <param name="session">The account and region of the roles.</param>
/// <param name="time">The clock.</param>
internal sealed class PullPermissions(AwsSession session, TimeProvider time) : IPullPermissions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly PullPolicies policies = new(new AccountReader(session, () => session.Settings.Account));

    public async Task<string?> FindRefusalAsync(string role, ImageReference image, CancellationToken cancellationToken)
    {
        if (!EcrAddress.TryParse(image.Host, out var registry))
        {
            return null;
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var read = await policies
                .ReadAsync(new PullingRole(role, registry, image.Repository), either.Token)
                .ConfigureAwait(false);
            var finding = PullRules.Decide(read);
            return finding.Severity == Severity.Broken
                ? $"{finding.Text}. '{session.Settings.Check(DoctorCheck.PullPermission)}' shows the policy"
                : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
