using Lading.Aws.Ecr;
using Lading.Retention.Evidence;

namespace Lading.Aws.Retention;

/// <summary>Whether ECR counts reads with these credentials as pulls (Amazon ECR API reference, RegisterPullTimeUpdateExclusion).</summary>
/// <param name="IsExcluded">Whether they are excluded from recording.</param>
/// <param name="Counted">The user or role whose reads count; null if they do not, or it is unknown.</param>
internal sealed record PullRecording(bool IsExcluded, CountedReader? Counted)
{
    /// <summary>Reads the exclusions from ECR. Without the permission, they are unknown.</summary>
    public static async Task<PullRecording> ReadAsync(AwsSession session, CancellationToken cancellationToken)
    {
        try
        {
            var caller = await session.GetCallerAsync(cancellationToken).ConfigureAwait(false);
            await foreach (
                var excluded in session
                    .ListAsync(next => new ListPullTimeExclusions(next), cancellationToken)
                    .ConfigureAwait(false)
            )
            {
                if (NameOf(caller.Arn) == NameOf(excluded))
                {
                    return new PullRecording(IsExcluded: true, null);
                }
            }

            var principal = PrincipalOf(caller.Arn);
            return new PullRecording(
                IsExcluded: false,
                new CountedReader(
                    principal,
                    $"ECR takes what {principal} reads for pulls",
                    $"aws ecr register-pull-time-update-exclusion --principal-arn {principal}"
                )
            );
        }
        catch (LadingException)
        {
            // Unknown: every read may be recorded.
            return new PullRecording(IsExcluded: false, null);
        }
    }

    /// <summary>
    /// The principal that ECR records: for a session, its role. A session's ARN does not have the role's path.
    /// </summary>
    public static string PrincipalOf(string caller) =>
        Arn.TryParse(caller, out var session)
        && session.Service == "sts"
        && session.Resource.Split('/') is ["assumed-role", var role, ..]
            ? (session with { Service = "iam", Resource = $"role/{role}" }).ToString()
            : caller;

    /// <summary>A user or role without its path: <c>account:role/name</c>.</summary>
    private static string NameOf(string principal)
    {
        var name = PrincipalOf(principal);
        var arn = Arn.TryParse(name, out var parsed) ? parsed : new Arn { Resource = name };
        var path = arn.Resource.Split('/');
        return $"{arn.Account}:{path[0]}/{path[^1]}";
    }
}
