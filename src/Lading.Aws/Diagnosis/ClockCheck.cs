using System.Globalization;
using Lading.Diagnosis;

namespace Lading.Aws.Diagnosis;

/// <summary>Whether this machine's clock agrees with AWS: signatures are valid for five minutes.</summary>
internal sealed class ClockCheck(ExaminedAccount account) : AccountCheck(DoctorCheck.Clock, account)
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Suspicious = TimeSpan.FromMinutes(1);

    /// <summary>Decides by the difference of the clocks.</summary>
    /// <param name="ahead">How far this machine's clock is ahead; null if the response had no date.</param>
    public static HealthFinding Decide(TimeSpan? ahead)
    {
        if (ahead is not { } difference)
        {
            return HealthFinding.Unknown("the answer of AWS had no date");
        }

        var seconds = difference.Duration().TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        var text = $"this machine's clock is {seconds} s {(difference > TimeSpan.Zero ? "ahead of" : "behind")} AWS's";
        const string Remedy = "set it: timedatectl set-ntp true (in WSL: hwclock -s; docker: restart its machine)";
        return difference.Duration() >= Tolerated
                ? HealthFinding.Broken($"{text}, and signatures are valid for five minutes", Remedy)
            : difference.Duration() >= Suspicious ? HealthFinding.Warning(text, Remedy)
            : HealthFinding.Fine(text);
    }

    public override async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var session = Account.Session;
        try
        {
            return [Decide(await ServiceClock.AheadAsync(session, cancellationToken).ConfigureAwait(false))];
        }
        catch (HttpRequestException e)
        {
            return
            [
                HealthFinding.Unknown(
                    $"{ServiceAddress.Of(AwsService.Sts, session.Settings, profile: null).Root.Host} does not answer: {e.Message}"
                ),
            ];
        }
    }
}
