using Lading.Checking.Templates;
using Lading.Configuration;
using Lading.Running;

namespace Lading.Rollbacks;

/// <summary>
/// Services whose task definition CloudFormation does not update: their deployment controller must roll them back.
/// </summary>
internal static class DeploymentControllers
{
    private const string DeploymentGroup = "AWS::CodeDeploy::DeploymentGroup";

    /// <summary>Why some services cannot be rolled back through their stack, each as part of a sentence.</summary>
    /// <param name="workloads">The workloads of the stack.</param>
    /// <param name="swaps">The images to replace.</param>
    /// <param name="index">The evidence on the services.</param>
    public static IEnumerable<string> In(
        IReadOnlyList<Workload> workloads,
        IReadOnlyList<ImageSwap> swaps,
        EvidenceIndex index
    ) =>
        from workload in workloads
        where workload.Kind == WorkloadKind.Service && swaps.Any(swap => workload.Containers.Contains(swap.Container))
        let problem = index.FindService(workload.PhysicalId) switch
        {
            null => "the service is not there any more: deploy the stack again",
            { Controller: "CODE_DEPLOY" } =>
                $"CodeDeploy deploys it, and CloudFormation gives it no other task definition. {ByCodeDeploy(workload, index.Evidence.CliOptions)}",
            { Controller: not "ECS" } service =>
                $"its controller is {service.Controller}, and CloudFormation gives it no other task definition: go back with the program that deploys it",
            _ => null,
        }
        where problem is not null
        select $"{workload.LogicalId}: {problem}";

    /// <summary>The commands that redeploy an earlier revision, with the names in the stack.</summary>
    private static string ByCodeDeploy(Workload workload, string options)
    {
        var groups = workload.Stack.Resources.Where(each => each.Type == DeploymentGroup).ToList();
        var target = "--application-name APPLICATION --deployment-group-name GROUP";
        if (groups is [var group])
        {
            var application = JsonMembers.TryGet(group.Properties, out var named, "ApplicationName")
                ? workload.Stack.Values.TextOf(named).Text
                : null;
            var name = workload.Stack.FindResource(group.LogicalId)?.PhysicalId;
            target =
                $"--application-name {ShellArgument.Of(application ?? "APPLICATION")} --deployment-group-name {ShellArgument.Of(name ?? "GROUP")}";
        }

        return $"Find its last good deployment: aws deploy list-deployments {target} --include-only-statuses Succeeded{options}. Start that again: aws deploy create-deployment {target} --revision \"$(aws deploy get-deployment --deployment-id ID --query deploymentInfo.revision{options})\"{options}";
    }
}
