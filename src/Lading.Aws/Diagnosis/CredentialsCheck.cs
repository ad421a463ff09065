using Lading.Aws.Credentials;
using Lading.Diagnosis;

namespace Lading.Aws.Diagnosis;

/// <summary>Whether there are credentials for the environment's account.</summary>
internal sealed class CredentialsCheck(ExaminedAccount account) : AccountCheck(DoctorCheck.Credentials, account)
{
    /// <summary>Decides by the failure to get credentials.</summary>
    /// <param name="failure">Why they cannot be used; null if they can.</param>
    /// <param name="who">The identity of the credentials.</param>
    public static HealthFinding Decide(LadingException? failure, string who) =>
        failure is null ? HealthFinding.Fine(who)
        // Credentials that are missing or could not be verified are not known to be wrong.
        : failure.InnerException
            is NoCredentialsException
                or HttpRequestException
                or IOException
                or OperationCanceledException
            ? HealthFinding.Unknown(failure)
        : HealthFinding.Broken(failure);

    public override async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var session = Account.Session;
        try
        {
            await session.EnsureAccountAsync(cancellationToken).ConfigureAwait(false);
            var caller = await session.GetCallerAsync(cancellationToken).ConfigureAwait(false);
            return [Decide(null, $"{caller.Arn} in {caller.Account}")];
        }
        catch (LadingException e)
        {
            return [Decide(e, "")];
        }
    }
}
