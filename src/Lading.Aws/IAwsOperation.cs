namespace Lading.Aws;

/// <summary>One call of an AWS service as a value. Signing, retries and errors are written once, around it.</summary>
/// <typeparam name="T">What it answers.</typeparam>
/// <remarks>Derive from an operation of a protocol: JSON (ECR, ECS, SSM), query (STS, CloudFormation) or REST (Lambda).</remarks>
internal interface IAwsOperation<T>
{
    AwsService Service { get; }

    /// <summary>The operation as the service names it, which is also its IAM action.</summary>
    string Name { get; }

    /// <summary>What is attempted, as the start of an error.</summary>
    string Attempted { get; }

    /// <summary>The codes of errors that the caller has an answer to, such as an image that is not there; all others are failures.</summary>
    IReadOnlyCollection<string> Expected => [];

    /// <summary>What is sent.</summary>
    AwsRequest CreateRequest();

    /// <summary>Reads the body of the answer.</summary>
    /// <exception cref="FormatException">It is not an answer to this.</exception>
    T Read(ReadOnlyMemory<byte> body);
}
