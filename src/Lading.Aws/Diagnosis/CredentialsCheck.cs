using Lading.Aws.Credentials;
using Lading.Diagnosis;

namespace Lading.Aws.Diagnosis;

/// <summary>Whether there are credentials of the environment's account.</summary>
internal sealed class CredentialsCheck(ExaminedAccount account) : AccountCheck(DoctorCheck.Credentials, account)
{
    /// <param name="failure">Why they cannot be used; null if they can.</param>
    /// <param name="isAbsent">Whether there are none at all, so that nothing is wrong with any.</param>
    /// <param name="who">Whose they are.</param>
    public static HealthFinding Decide(LadingException? failure, bool isAbsent, string who) =>
        failure is null ? HealthFinding.Fine(who)
        : isAbsent || failure.InnerException is HttpRequestException or IOException or OperationCanceledException
            ? HealthFinding.Unknown(failure.CameBack, failure.Remedy.TrimEnd('.'))
        : HealthFinding.Broken(failure.CameBack, failure.Remedy.TrimEnd('.'));

    public override async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var session = Account.Session;
        try
        {
            await session.EnsureAccountAsync(cancellationToken).ConfigureAwait(false);
            var caller = await session.GetCallerAsync(cancellationToken).ConfigureAwait(false);
            return [Decide(null, isAbsent: false, $"{caller.Arn} in {caller.Account}")];
        }
        catch (LadingException e)
        {
            var isAbsent = e.Message == CredentialFailure.None(session.Settings).Message;
            return [Decide(e, isAbsent, "")];
        }
    }
}
