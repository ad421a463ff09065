using Lading.Testing.Cloud.Stacks;

namespace Lading.Testing.Cloud;

/// <summary>
/// A thousand services with a task each: twenty stacks, each with fifty services in a cluster of its own.
/// </summary>
internal static class ManyServices
{
    public const int Stacks = 20;
    public const int InEach = 50;

    /// <summary>Deploys them, and clears the recorded calls.</summary>
    public static void Deploy(TestAws aws)
    {
        for (var stack = 0; stack < Stacks; stack++)
        {
            var services = new Dictionary<string, ServicePlan>(StringComparer.Ordinal);
            for (var service = 0; service < InEach; service++)
            {
                var digest = $"sha256:{new string("abcdef"[service % 6], 64)}";
                aws.Images[("shop/web", digest)] = [];
                services[$"S{service}"] = new(
                    1,
                    new Dictionary<string, string>(StringComparer.Ordinal) { ["web"] = $"{aws.Host}/shop/web@{digest}" }
                );
            }

            aws.Stacks.Begin(
                new StackPlan($"Shop{stack}", services) { Cluster = $"cluster{stack}", HasRecord = false }
            );
        }

        aws.Stacks.Advance(TimeSpan.FromMinutes(2));
        aws.Calls.Clear();
    }
}
