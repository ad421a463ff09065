namespace Lading.Aws;

/// <summary>A description of a service.</summary>
/// <param name="Name">Its name in signatures and IAM actions.</param>
/// <param name="Id">Its id in <c>AWS_ENDPOINT_URL_…</c>, in upper case with underscores; also its name in messages if
/// it has no other.</param>
/// <param name="Host">The part of its host name before the region.</param>
internal sealed record AwsService(string Name, string Id, string Host)
{
    public static AwsService AppRunner { get; } =
        new("apprunner", "APPRUNNER", "apprunner")
        {
            Title = "App Runner",
            TargetPrefix = "AppRunner",
            JsonVersion = "1.0",
        };

    public static AwsService Batch { get; } = new("batch", "BATCH", "batch") { Title = "Batch" };

    public static AwsService CloudFormation { get; } =
        new("cloudformation", "CLOUDFORMATION", "cloudformation") { Title = "CloudFormation", Version = "2010-05-15" };

    public static AwsService CloudTrail { get; } =
        new("cloudtrail", "CLOUDTRAIL", "cloudtrail")
        {
            Title = "CloudTrail",
            TargetPrefix = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101",
        };

    public static AwsService CodeBuild { get; } =
        new("codebuild", "CODEBUILD", "codebuild") { Title = "CodeBuild", TargetPrefix = "CodeBuild_20161006" };

    public static AwsService CodeDeploy { get; } =
        new("codedeploy", "CODEDEPLOY", "codedeploy") { Title = "CodeDeploy", TargetPrefix = "CodeDeploy_20141006" };

    public static AwsService Ecr { get; } =
        new("ecr", "ECR", "api.ecr") { TargetPrefix = "AmazonEC2ContainerRegistry_V20150921" };

    public static AwsService Ecs { get; } =
        new("ecs", "ECS", "ecs") { TargetPrefix = "AmazonEC2ContainerServiceV20141113" };

    public static AwsService Events { get; } =
        new("events", "EVENTBRIDGE", "events") { Title = "EventBridge", TargetPrefix = "AWSEvents" };

    public static AwsService Iam { get; } = new("iam", "IAM", "iam") { Version = "2010-05-08" };

    public static AwsService Lambda { get; } = new("lambda", "LAMBDA", "lambda") { Title = "Lambda" };

    public static AwsService S3 { get; } = new("s3", "S3", "s3") { SignsPathAsItIs = true };

    public static AwsService SageMaker { get; } =
        new("sagemaker", "SAGEMAKER", "api.sagemaker") { Title = "SageMaker", TargetPrefix = "SageMaker" };

    public static AwsService Scheduler { get; } =
        new("scheduler", "SCHEDULER", "scheduler") { Title = "EventBridge Scheduler" };

    public static AwsService Ssm { get; } = new("ssm", "SSM", "ssm") { TargetPrefix = "AmazonSSM" };

    /// <summary>The portal of IAM Identity Center, which returns the keys of roles.</summary>
    public static AwsService Sso { get; } = new("awsssoportal", "SSO", "portal.sso") { Title = "IAM Identity Center" };

    /// <summary>The sign-in of IAM Identity Center, which renews logins.</summary>
    public static AwsService SsoOidc { get; } = new("sso-oauth", "SSO_OIDC", "oidc") { Title = "IAM Identity Center" };

    public static AwsService StepFunctions { get; } =
        new("states", "SFN", "states")
        {
            Title = "Step Functions",
            TargetPrefix = "AWSStepFunctions",
            JsonVersion = "1.0",
        };

    public static AwsService Sts { get; } = new("sts", "STS", "sts") { Version = "2011-06-15" };

    /// <summary>Its name in messages; <see cref="Id"/> if none is set.</summary>
    public string Title
    {
        get => field ?? Id;
        init;
    }

    /// <summary>The prefix of <c>X-Amz-Target</c>, in the JSON protocol; otherwise null.</summary>
    public string? TargetPrefix { get; init; }

    /// <summary>The version of the JSON protocol.</summary>
    public string JsonVersion { get; init; } = "1.1";

    /// <summary>The version of the API, in the query protocol; otherwise null.</summary>
    public string? Version { get; init; }

    /// <summary>
    /// Whether the path is signed as sent, and the hash of the body sent as a header (Amazon S3 API reference,
    /// "Signature Calculations"); other services escape the path once more.
    /// </summary>
    public bool SignsPathAsItIs { get; init; }

    public override string ToString() => Title;
}
