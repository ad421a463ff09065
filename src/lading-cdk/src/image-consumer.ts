/** The service that pulls an image whose reference is a string; it decides which references are valid (docs/check.md). */
export enum ImageConsumer {
  /** A service with an engine's full support: a task of ECS, a job of AWS Batch, or an unknown service. */
  ANY = "any",

  /** A Lambda function. It supports only the manifest of one platform, in the ECR of its own region. */
  LAMBDA = "Lambda",

  /** An App Runner service. */
  APP_RUNNER = "App Runner",

  /** A SageMaker model. It supports only the manifest of one platform, in the ECR of its own region. */
  SAGE_MAKER = "SageMaker",

  /** A runtime of Bedrock AgentCore. */
  AGENT_CORE = "AgentCore",
}
