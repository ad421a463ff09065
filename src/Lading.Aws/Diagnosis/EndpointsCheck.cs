using Lading.Diagnosis;

namespace Lading.Aws.Diagnosis;

/// <summary>Whether AWS operations are sent to AWS.</summary>
internal sealed class EndpointsCheck(ExaminedAccount account) : AccountCheck(DoctorCheck.Endpoints, account)
{
    private static readonly AwsService[] Services =
    [
        AwsService.Sts,
        AwsService.Ecr,
        AwsService.Ecs,
        AwsService.CloudFormation,
        AwsService.Ssm,
        AwsService.S3,
        AwsService.Iam,
        AwsService.Lambda,
    ];

    /// <summary>Decides by the configured addresses.</summary>
    /// <param name="set">The services with a configured address.</param>
    public static HealthFinding Decide(IReadOnlyList<(AwsService Service, ServiceAddress Address)> set) =>
        set.Count == 0
            ? HealthFinding.Fine("the services' own addresses")
            : HealthFinding.Warning(
                string.Join(
                    "; ",
                    set.GroupBy(each => (each.Address.Origin, each.Address.Root.Authority))
                        .Select(group =>
                            $"{group.Key.Origin} sends {(group.Count() == Services.Length ? "calls of AWS" : string.Join(", ", group.Select(each => each.Service.Title)))} to {group.Key.Authority}"
                        )
                ),
                $"unset {string.Join(", ", set.Select(each => each.Address.Origin).Distinct(StringComparer.Ordinal))} if that is not meant"
            );

    public override async Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        string? profile;
        try
        {
            profile = (await Account.Session.GetLoginAsync(cancellationToken).ConfigureAwait(false)).Profile;
        }
        catch (LadingException)
        {
            // Without credentials, the settings of the profile that would apply are still known.
            profile = null;
        }

        var set = new List<(AwsService, ServiceAddress)>();
        foreach (var service in Services)
        {
            try
            {
                if (ServiceAddress.FindSet(service, Account.Session.Settings, profile) is { } address)
                {
                    set.Add((service, address));
                }
            }
            catch (LadingException e)
            {
                return [HealthFinding.Broken(e)];
            }
        }

        return [Decide(set)];
    }
}
