using System.Globalization;
using System.Text.Json;
using Lading.Checking.Templates;

namespace Lading.Diagnosis.Checkout;

/// <summary>
/// Whether the app has repositories that keep a fixed number of images whatever is running, such as those of CDK's
/// AppStaging.
/// </summary>
internal sealed class StagingCheck(ExaminedMachine machine) : IHealthCheck
{
    public string Name => DoctorCheck.AppStaging;

    public Task<IReadOnlyList<HealthFinding>> LookAsync(CancellationToken cancellationToken)
    {
        if (machine.App is not { } app)
        {
            return Task.FromResult<IReadOnlyList<HealthFinding>>([HealthFinding.Fine("no CDK app here")]);
        }

        if (app.FindManifest() is null)
        {
            return Task.FromResult<IReadOnlyList<HealthFinding>>([
                HealthFinding.Unknown("the app has written no assembly yet", "cdk synth"),
            ]);
        }

        var assembly = CloudAssembly.Read(app.Assembly);
        var counted =
            from stack in assembly.Stacks
            from resource in stack.Resources
            where resource.Value.FindText("Type") == "AWS::ECR::Repository"
            let count = CountIn(resource.Value)
            where count is not null
            select new CountedRepository(
                stack.Name,
                resource.Value.FindText("Properties", "RepositoryName") ?? resource.Name,
                count.Value
            );
        return Task.FromResult(Decide([.. counted]));
    }

    /// <param name="repositories">The repositories with a rule that keeps a fixed number of images.</param>
    public static IReadOnlyList<HealthFinding> Decide(IReadOnlyList<CountedRepository> repositories) =>
        repositories.Count == 0
            ? [HealthFinding.Fine("no repository of the app deletes by count")]
            :
            [
                .. repositories.Select(each =>
                    HealthFinding.Warning(
                        $"repository {each.Repository} of {each.Stack} keeps the newest {each.Count.ToString(CultureInfo.InvariantCulture)} images, whatever runs: what a rollback or a scale-out needs may be gone",
                        "raise imageAssetVersionCount of AppStaging, or use LadingImage, whose repositories delete nothing by count"
                    )
                ),
            ];

    /// <summary>The number of images that the rules of a repository keep; null if no rule counts images.</summary>
    private static int? CountIn(JsonElement resource)
    {
        if (resource.FindText("Properties", "LifecyclePolicy", "LifecyclePolicyText") is not { } text)
        {
            return null;
        }

        try
        {
            using var policy = JsonDocument.Parse(text);
            return policy.RootElement.TryGetProperty("rules", out var rules)
                ? rules
                    .EnumerateArray()
                    .Where(rule => rule.FindText("selection", "countType") == "imageCountMoreThan")
                    .Select(rule =>
                        rule.TryGet(out var number, "selection", "countNumber")
                        && number.ValueKind == JsonValueKind.Number
                            ? number.GetInt32()
                            : (int?)null
                    )
                    .Min()
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A repository with a rule that counts images.</summary>
    /// <param name="Stack">The stack.</param>
    /// <param name="Repository">Its name, or logical id.</param>
    /// <param name="Count">The number of images it keeps.</param>
    internal sealed record CountedRepository(string Stack, string Repository, int Count);
}
