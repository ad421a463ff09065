using Lading.Http;

namespace Lading.Diagnosis.Tools;

/// <summary>Whether proxy variables are valid, and exclude the addresses of credentials.</summary>
internal sealed class ProxyCheck(ExaminedMachine machine) : IHealthCheck
{
    /// <summary>
    /// The credential endpoints of EC2, ECS and EKS, and this machine itself: a proxy cannot reach them.
    /// </summary>
    private static readonly string[] DirectHosts =
    [
        "169.254.169.254",
        "169.254.170.2",
        "169.254.170.23",
        "localhost",
        "127.0.0.1",
    ];

    public string Name => DoctorCheck.Proxies;

    public Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HealthFinding>>([Decide(machine.Caller.Variable)]);

    /// <param name="variable">Returns environment variables.</param>
    public static HealthFinding Decide(Func<string, string?> variable)
    {
        ProxyServer? proxy;
        try
        {
            var proxies = ProxyResolver.Read(variable);
            proxy =
                proxies.Find(new Uri("https://sts.amazonaws.com/"))
                ?? proxies.Find(new Uri("http://ecr-public.aws.com/"));
        }
        catch (LadingException e)
        {
            return HealthFinding.Broken(e);
        }

        if (proxy is null)
        {
            return HealthFinding.Fine("no proxy");
        }

        var rules = NoProxyRule.ParseAll(variable("NO_PROXY") ?? variable("no_proxy"));
        var missing = DirectHosts.Where(host => !rules.Any(rule => rule.Covers(host, 80))).ToList();
        return missing.Count == 0
            ? HealthFinding.Fine($"proxy {proxy}")
            : HealthFinding.Warning(
                $"NO_PROXY lacks {string.Join(", ", missing)}: with {proxy}, the AWS CLI and cdk ask the proxy for this machine's own services and credentials (Lading does not)",
                $"export NO_PROXY={string.Join(',', ((string?[])[variable("NO_PROXY") ?? variable("no_proxy"), .. missing]).Where(entry => !string.IsNullOrEmpty(entry)))}"
            );
    }
}
