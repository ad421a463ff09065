using System.Globalization;

namespace Lading.Running;

/// <summary>
/// A service whose task count differs from its template's, for example through autoscaling. CloudFormation resets it with any change of
/// the service (cloudformation-coverage-roadmap#187).
/// </summary>
/// <param name="StackId">The ARN of the service's stack.</param>
/// <param name="Service">The logical id.</param>
/// <param name="Running">The desired count in ECS.</param>
/// <param name="Template">The count in the template: a number, or the expression.</param>
internal sealed record TaskCount(string StackId, string Service, int Running, string Template)
{
    /// <summary>The task count of a service, if an update would change it; otherwise null.</summary>
    /// <param name="workload">The service.</param>
    /// <param name="index">The evidence about it.</param>
    /// <param name="template">The count in the template; null if the template has none.</param>
    public static TaskCount? Find(Workload workload, EvidenceIndex index, string? template) =>
        template is not null
        && index.FindService(workload.PhysicalId) is { IsDaemon: false } service
        && template != service.Desired.ToString(CultureInfo.InvariantCulture)
            ? new TaskCount(workload.Stack.Stack.Id, workload.LogicalId, service.Desired, template)
            : null;
}
