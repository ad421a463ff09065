using Lading.Running.Evidence;

namespace Lading.Cli.Output.Page;

/// <summary>Describes the facts that AWS operations return.</summary>
internal static class FactWords
{
    /// <param name="action">The IAM action of the operation: <c>ecs:DescribeTasks</c>.</param>
    public static string Of(string action) =>
        action switch
        {
            "cloudformation:DescribeStacks" => "the stack and its state",
            "cloudformation:GetTemplate" => "what its template pins",
            "ssm:GetParametersByPath" => "what its record pins",
            "ecs:DescribeServices" => "the service and how many tasks it wants",
            "ecs:DescribeServiceRevisions" => "the digests that ECS resolved",
            "ecs:DescribeServiceDeployments" => "its last deployment",
            "ecs:DescribeTasks" => "the digests that its tasks run",
            "ecs:DescribeTaskDefinition" => "the task definition",
            "ecr:DescribeImages" => "the image and its tags",
            "lambda:GetFunction" => "the function and its image",
            "batch:DescribeJobDefinitions" => "the job definition and its images",
            "batch:DescribeJobs" => "jobs that are not finished",
            "ecr:GetRegistryPolicy" => "who may pull from all of the registry",
            "events:ListTargetsByRule" => "what the rule starts",
            "scheduler:GetSchedule" => "what the schedule starts",
            _ => "",
        };

    /// <summary>
    /// The short name of a fact's subject: the name of the stack or cluster in an ARN, otherwise the whole text.
    /// </summary>
    public static string NameOf(string subject)
    {
        const string Stack = ":stack/";
        var stack = subject.IndexOf(Stack, StringComparison.Ordinal);
        return stack >= 0 ? subject[(stack + Stack.Length)..].Split('/')[0]
            : subject.StartsWith("arn:", StringComparison.Ordinal) ? ArnName.Of(subject)
            : subject;
    }
}
